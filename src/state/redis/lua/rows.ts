/**
 * Rows as they will be: read when they are asked for, written at the end.
 *
 * Four keys: the mark; when each row may be forgotten, in which a nonce is nothing but its end; what rows hold; and what
 * was used in each second of a window. Numbers are text, `%.0f`, of which Lua's own conversion would lose digits.
 */
export const rows = `
local call, match, sub, find = redis.call, string.match, string.sub, string.find
local SKEW, FORGET = 30, 4
local DAMAGED = {}

local function damaged() error(DAMAGED, 0) end
local function num(text) if text == 'inf' then return math.huge end return tonumber(text) end
local function text(number) return string.format('%.0f', number) end

-- Where a store is accepted that is not what it was, what is there makes room for a new one.
local function setAside()
  for i = 1, 4 do
    call('DEL', KEYS[i + 4])
    if call('EXISTS', KEYS[i]) == 1 then call('RENAME', KEYS[i], KEYS[i + 4]) end
  end
end
if ARGV[1] == 'accept' then
  for i, kind in ipairs({ 'hash', 'zset', 'hash', 'hash' }) do
    local is = call('TYPE', KEYS[i]).ok
    if is ~= kind and is ~= 'none' then
      setAside()
      break
    end
  end
end

local function open(key, size, read)
  return { key = key, size = call(size, key), read = read, now = {}, dirty = {} }
end
local ends = open(KEYS[2], 'ZCARD', 'ZSCORE')
local rows = open(KEYS[3], 'HLEN', 'HGET')
local uses = open(KEYS[4], 'HLEN', 'HGET')

local function get(part, field)
  local value = part.now[field]
  if value == nil then
    value = call(part.read, part.key, field)
    if part == ends and value then value = num(value) end
    part.now[field] = value
  end
  return value
end

-- False deletes.
local function set(part, field, value)
  local before = get(part, field)
  part.size = part.size + (value and 1 or 0) - (before and 1 or 0)
  part.now[field] = value
  part.dirty[field] = true
end

local function add(key, row, till)
  set(rows, key, row)
  set(ends, key, till)
end

local mark = {}
do
  local names = { 'epoch', 'count', 'accepted', 'time', 'ends', 'rows', 'uses', 'found' }
  local values = call('HMGET', KEYS[1], unpack(names))
  for i, name in ipairs(names) do mark[name] = values[i] end
end
local function readMark()
  if not match(mark.epoch, '^%x+$') or #mark.epoch ~= 32 then damaged() end
  for _, name in ipairs({ 'count', 'accepted', 'time', 'ends', 'rows', 'uses' }) do
    if not match(mark[name] or '', '^%d+$') then damaged() end
    mark[name] = tonumber(mark[name])
  end
  -- A server that evicts drops a whole key.
  if mark.ends ~= ends.size or mark.rows ~= rows.size or mark.uses ~= uses.size then damaged() end
end

local function writeMark()
  call('HSET', KEYS[1], 'epoch', mark.epoch, 'count', text(mark.count), 'accepted', text(mark.accepted), 'time',
    text(mark.time), 'ends', text(ends.size), 'rows', text(rows.size), 'uses', text(uses.size))
end

-- The mark needs room, so where it is first a full server refuses all; where a deletion is first, nothing any more.
local function write(first)
  local changed = mark.changed
  for _, part in ipairs({ ends, rows, uses }) do changed = changed or next(part.dirty) ~= nil end
  if not changed then return end
  mark.count = mark.count + 1
  if first then writeMark() end
  for _, part in ipairs({ ends, rows, uses }) do
    for field in pairs(part.dirty) do
      if not part.now[field] then call(part == ends and 'ZREM' or 'HDEL', part.key, field) end
    end
  end
  if not first then writeMark() end
  for field in pairs(ends.dirty) do
    if ends.now[field] then call('ZADD', ends.key, text(ends.now[field]), field) end
  end
  for _, part in ipairs({ rows, uses }) do
    for field in pairs(part.dirty) do
      if part.now[field] then call('HSET', part.key, field, part.now[field]) end
    end
  end
end
`;
