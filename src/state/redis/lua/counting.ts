/** The port of `state/counter`: what was used under a key, and in each second of a window. */
export const counting = `
local function useField(key, at) return text(at) .. '@' .. key end

local function useAt(key, at)
  local cost, after = match(get(uses, useField(key, at)) or '', '^(%d+) (%d+)$')
  if not cost then damaged() end
  cost, after = tonumber(cost), tonumber(after)
  -- A chain that goes back would never end.
  if after ~= 0 and after <= at then damaged() end
  return cost, after
end

local function setUse(key, at, cost, after) set(uses, useField(key, at), text(cost) .. ' ' .. text(after)) end

local function counterAt(key)
  local row = get(rows, key)
  if not row then return nil end
  local used, oldest, newest = match(row, '^(%d+) (%d+) (%d+)$')
  if not used then damaged() end
  return { used = tonumber(used), oldest = tonumber(oldest), newest = tonumber(newest) }
end

local function rowOf(counter)
  return text(counter.used) .. ' ' .. text(counter.oldest) .. ' ' .. text(counter.newest)
end

local function slide(key, counter, before)
  local over = {}
  while counter.oldest > 0 and counter.oldest <= before do
    local cost, after = useAt(key, counter.oldest)
    over[#over + 1] = useField(key, counter.oldest)
    counter.used = counter.used - cost
    counter.oldest = after
  end
  if counter.oldest == 0 then counter.newest = 0 end
  return over
end

local function append(key, counter, at, cost)
  local newest = counter.newest
  if newest == at then
    setUse(key, at, useAt(key, at) + cost, 0)
    return
  end
  setUse(key, at, cost, 0)
  if newest > 0 then setUse(key, newest, useAt(key, newest), at) end
  if counter.oldest == 0 then counter.oldest = at end
  counter.newest = at
end

local function judgeSpend(key, spend, at)
  local known = counterAt(key)
  local counter = known or { used = 0, oldest = 0, newest = 0 }
  local over = spend.window and slide(key, counter, at - spend.window) or {}
  local standing = { text(counter.used) }
  if spend.window and counter.oldest > 0 then standing[2] = text(counter.oldest + spend.window) end
  return {
    standing = standing,
    holds = spend.cost <= spend.amount - counter.used,
    tidy = function()
      if #over > 0 then set(rows, key, rowOf(counter)) end
      for _, field in ipairs(over) do set(uses, field, false) end
    end,
    apply = function()
      if spend.cost == 0 then return end
      counter.used = counter.used + spend.cost
      if spend.window then append(key, counter, at, spend.cost) end
      if known then set(rows, key, rowOf(counter)) else add(key, rowOf(counter), spend.till) end
    end,
  }
end

local function giveBack(key, at, cost)
  local counter = counterAt(key)
  if not counter then return end
  local most = counter.used
  if at > 0 then
    if not get(uses, useField(key, at)) then return end
    local used, after = useAt(key, at)
    most = used
    setUse(key, at, used - math.min(cost, most), after)
  end
  counter.used = counter.used - math.min(cost, most)
  set(rows, key, rowOf(counter))
end

local function deleteRow(key)
  if sub(key, 1, 1) == 's' then
    local counter = counterAt(key)
    for _, field in ipairs(counter and slide(key, counter, math.huge) or {}) do set(uses, field, false) end
  end
  set(rows, key, false)
  set(ends, key, false)
end
`;
