/** The port of `state/ledger`: what is asked, and each call of a store. */
export const commands = `
local argument = 0
local function take()
  argument = argument + 1
  return ARGV[argument]
end

local command, knownEpoch, knownCount, knownAccepted = take(), take(), tonumber(take()), tonumber(take())
local newEpoch = take()
local told = {}
for i = 1, tonumber(take()) do told[i] = { key = 'o' .. take(), till = num(take()) } end
local checks, now = take(), tonumber(take())

local takes = {
  o = function() return {} end,
  s = function()
    local one = { amount = num(take()), window = num(take()), cost = num(take()), unit = take() }
    one.unit = one.unit ~= '' and sub(one.unit, 2) or nil
    return one
  end,
  k = function() return { at = num(take()), what = take(), final = take() == '1' } end,
  p = function()
    local steps = {}
    for i = 1, num(take()) do steps[i] = { min = num(take()), max = num(take()), admits = take() == '1' } end
    return { steps = steps }
  end,
}
local function takeOperations()
  local operations = {}
  while argument < #ARGV do
    local kind, key, till = take(), take(), num(take())
    local one = takes[kind]()
    one.kind, one.key, one.till = kind, kind .. key, till
    operations[#operations + 1] = one
  end
  return operations
end

local judges = { o = judgeOnce, s = judgeSpend, k = judgeKeep, p = judgeStep }
local function judgeAll(operations, at)
  local judged, standing = {}, {}
  for i, one in ipairs(operations) do
    judged[i] = judges[one.kind](one.key, one, at)
    standing[i] = judged[i].standing
  end
  return judged, standing
end

local function advance()
  if now > mark.time then mark.time, mark.changed = now, true end
  return mark.time
end

local function forget(at, max)
  local over = call('ZRANGEBYSCORE', ends.key, '-inf', text(at - SKEW), 'LIMIT', 0, max)
  for _, key in ipairs(over) do deleteRow(key) end
  return #over
end

local run = {}

function run.charge()
  local till, id = num(take()), take()
  local operations = takeOperations()
  local at = advance()
  forget(at, #operations + FORGET)
  local judged, standing = judgeAll(operations, at)
  local refused = {}
  for i, one in ipairs(judged) do
    if one.tidy then one.tidy() end
    if not one.holds then refused[#refused + 1] = text(i - 1) end
  end
  for _, one in ipairs(judged) do if one.keep then one.keep() end end
  if #refused == 0 then
    for _, one in ipairs(judged) do if one.apply then one.apply() end end
    if till then add('r' .. id, reserve(operations, at), till) end
  end
  write(true)
  return refused, standing
end

function run.look()
  local operations = takeOperations()
  local _, standing = judgeAll(operations, math.max(now, mark.time))
  return standing
end

function run.settle()
  local key, costs, named = 'r' .. take(), {}, {}
  while argument < #ARGV do
    local unit = take()
    costs[unit] = take()
  end
  local at = advance()
  local row, till = get(rows, key), get(ends, key)
  if not row or not till or till <= at then
    write(false)
    return '0'
  end
  local entries = reservedIn(row)
  local fits = true
  for _, one in ipairs(entries) do
    named[one.unit] = true
    local actual = match(costs[one.unit] or '', '^%d+$')
    one.back = actual and one.cost - tonumber(actual) or -1
    fits = fits and one.back >= 0
  end
  for unit in pairs(costs) do fits = fits and named[unit] end
  if not fits then
    write(false)
    return 'cost.malformed'
  end
  for _, one in ipairs(entries) do giveBack(one.key, one.at, one.back) end
  -- Its end stays, so that an id that was settled is known as long as one that was not.
  set(rows, key, false)
  write(false)
  return '1'
end

function run.lift()
  local prefix, part, found, keys, cursor = 's' .. take(), take(), {}, {}, '0'
  repeat
    local page = call('HSCAN', rows.key, cursor, 'COUNT', 1000)
    cursor = page[1]
    for i = 1, #page[2], 2 do
      local key = page[2][i]
      if sub(key, 1, #prefix) == prefix and find(key, part, 1, true) then found[key] = true end
    end
  until cursor == '0'
  for key in pairs(found) do
    deleteRow(key)
    keys[#keys + 1] = sub(key, 2)
  end
  write(false)
  return keys
end

function run.prune()
  local dropped = forget(advance(), num(take()))
  write(false)
  return text(dropped)
end
`;
