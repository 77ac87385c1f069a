/** The port of `state/once`, `state/keep` and `state/progress`, and how a reservation is written down. */
export const kinds = `
local function judgeOnce(key, once, at)
  local till = get(ends, key)
  local seen = till and till > at - SKEW
  return {
    standing = { seen and '1' or '0' },
    holds = not seen,
    apply = function() set(ends, key, once.till) end,
  }
end

local function keptUnder(key, time)
  local row, till = get(rows, key), get(ends, key)
  if not row then return nil end
  local at, final, what = match(row, '^(%d+) ([01]) (.*)$')
  if not at or not till then damaged() end
  if till <= time - SKEW then return nil end
  return { at = tonumber(at), final = final == '1', what = what }
end

local function replaces(keep, kept) return not kept.final and (keep.final or keep.at > kept.at) end

local function keptRow(kept) return text(kept.at) .. (kept.final and ' 1 ' or ' 0 ') .. kept.what end

local function judgeKeep(key, keep, time)
  local kept = keptUnder(key, time)
  local standing = { '0' }
  if kept then standing = { '1', text(kept.at), kept.what, kept.final and '1' or '0' } end
  return {
    standing = standing,
    holds = not kept or (kept.at == keep.at and kept.what == keep.what) or replaces(keep, kept),
    keep = function()
      local known, before = keptUnder(key, time), get(ends, key)
      local replaced = not known or replaces(keep, known)
      local contradicts = known and not known.final and keep.at == known.at and keep.what ~= known.what
      local after = replaced and keep or { at = known.at, final = known.final, what = contradicts and '' or known.what }
      local longest = math.max(keep.till, before or 0)
      if not before or longest > before then add(key, keptRow(after), longest)
      elseif replaced or contradicts then set(rows, key, keptRow(after)) end
    end,
  }
end

local function judgeStep(key, plan)
  local row = get(rows, key)
  local position, taken, used = 0, {}, 0
  if row then
    for count in string.gmatch(row, '%d+') do taken[#taken + 1] = tonumber(count) end
    position = table.remove(taken, 1)
    if #taken ~= #plan.steps or position >= #taken then damaged() end
  else
    for i = 1, #plan.steps do taken[i] = 0 end
  end
  local standing = { '', text(position) }
  for _, count in ipairs(taken) do
    used = used + count
    standing[#standing + 1] = text(count)
  end
  standing[1] = text(used)
  local found
  for i = position + 1, #taken do
    local step = plan.steps[i]
    if step.admits and taken[i] < step.max then
      found = i
      break
    end
    if taken[i] < step.min then break end
  end
  return {
    standing = standing,
    holds = found ~= nil,
    apply = function()
      taken[found] = taken[found] + 1
      local parts = { text(found - 1) }
      for i, count in ipairs(taken) do parts[i + 1] = text(count) end
      local after = table.concat(parts, ' ')
      if row then set(rows, key, after) else add(key, after, plan.till) end
    end,
  }
end

-- Each part after its length, since keys hold any byte.
local function reserve(operations, at)
  local flat = {}
  for _, one in ipairs(operations) do
    if one.unit then
      for _, part in ipairs({ one.key, text(one.window and at or 0), one.unit, text(one.cost) }) do
        flat[#flat + 1] = #part .. ':' .. part
      end
    end
  end
  return table.concat(flat)
end

local function reservedIn(row)
  local parts, entries, from = {}, {}, 1
  while from <= #row do
    local length, start = match(row, '^(%d+):()', from)
    if not length or start + length - 1 > #row then damaged() end
    parts[#parts + 1] = sub(row, start, start + length - 1)
    from = start + length
  end
  if #parts % 4 ~= 0 then damaged() end
  for i = 1, #parts, 4 do
    local at, cost = match(parts[i + 1], '^%d+$'), match(parts[i + 3], '^%d+$')
    if not at or not cost then damaged() end
    entries[#entries + 1] = { key = parts[i], at = tonumber(at), unit = parts[i + 2], cost = tonumber(cost) }
  end
  return entries
end
`;
