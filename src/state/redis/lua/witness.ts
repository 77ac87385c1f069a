/** The comparison with what the verifier remembers (spec §9.6.6), what an operator accepts, and the call itself. */
export const witness = `
-- Whether a nonce that the verifier was told is charged, and that cannot be forgotten yet, is not there.
local function isMissing()
  for _, one in ipairs(told) do
    if one.till > mark.time - SKEW and not get(ends, one.key) then return true end
  end
  return false
end

local function compare()
  if not mark.epoch then
    if knownEpoch ~= '' or ends.size + rows.size + uses.size > 0 then return 'store.lost' end
    -- A look makes no store.
    mark = { epoch = command == 'look' and '' or newEpoch, count = 0, accepted = 0, time = 0, changed = true }
    return nil
  end
  readMark()
  if knownEpoch ~= '' and knownEpoch ~= mark.epoch and mark.accepted <= knownAccepted then return 'store.lost' end
  if mark.found then return mark.found == 'store.older' and mark.found or 'store.damaged' end
  if knownEpoch == mark.epoch and (mark.count < knownCount or isMissing()) then return 'store.older' end
  if command ~= 'look' and command ~= 'lift' and now < mark.time - SKEW then return 'store.clock' end
end

local function accept()
  local clock = call('TIME')
  local sound = not mark.epoch and ends.size + rows.size + uses.size == 0 or mark.epoch and pcall(readMark)
  local accepted = math.max(clock[1] * 1000000 + clock[2], knownAccepted + 1, (sound and mark.accepted or 0) + 1)
  if not sound or (mark.found and mark.found ~= 'store.older') then
    setAside()
    ends.size, rows.size, uses.size = 0, 0, 0
  end
  mark = { epoch = newEpoch, count = 1, accepted = accepted, time = now }
  -- First, since it needs no room: a full server refuses nothing behind it.
  call('HDEL', KEYS[1], 'found')
  writeMark()
  return '1'
end

local function main()
  if command == 'accept' then
    local first = accept()
    return { 'ok', mark.epoch, text(mark.count), text(mark.accepted), first }
  end
  local refusal = compare()
  if refusal then return { refusal } end
  local first, second = run[command]()
  if first == 'cost.malformed' then return { first } end
  return { 'ok', mark.epoch, text(mark.count), text(mark.accepted), first, second }
end

if checks == '1' then
  local info = redis.pcall('INFO', 'memory')
  if type(info) == 'string' and find(info, 'maxmemory_policy:allkeys', 1, true) then return { 'evicts' } end
end

local done, answer = pcall(main)
if not done and answer == DAMAGED then answer = { 'store.damaged' } end
-- Whoever notices tells all others; where that cannot be written, each notices by itself.
if type(answer) == 'table' and (answer[1] == 'store.older' or answer[1] == 'store.damaged') and not mark.found then
  redis.pcall('HSET', KEYS[1], 'found', answer[1])
end
if done or type(answer) == 'table' then return answer end
return redis.error_reply(answer)
`;
