-- Decides what one person hears now of the news of circles, and what waits: the ladder of each circle, and the window in which
-- a person is alerted once, however many circles have news. Of each author only the newest two statuses of a circle wait: the
-- older is in the alert as overtaken, and is what it tells should the newer be retracted before. A status is claimed when it is
-- taken, not while it waits: it may wait by way of two circles, and goes by the one that is told first. Reads and writes are
-- gathered: a call costs more than what is done with its answer.
--
-- KEYS[1] alerted   KEYS[2] push   KEYS[3] waiting   KEYS[4] the person's circles
-- ARGV[1] job   ARGV[2] now (ms)   ARGV[3] ms a claim is kept   ARGV[4] circle   ARGV[5] ms between two alerts of any circles
-- ARGV[6] ms of quiet after which a circle's ladder begins anew   ARGV[7] its steps (ms), with a comma between
-- ARGV[8] seconds that news may wait   ARGV[9] statuses of one circle in an alert, the newest
-- then status id, author, status id, author, …: news of this circle
-- Answer: { devices, taken, due }: devices as in claim-alerts.lua; taken {circle, status, circle, status, …}; due: when what
-- still waits of this circle can be heard (ms), 0 where nothing waits.
-- Safe to repeat because a status is claimed once, and what a job took stays beside what waits until it has queued that.
local job, now, own_circle, window, most = ARGV[1], tonumber(ARGV[2]), ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[9])
local devices = devices_of(KEYS[2])
if #devices == 0 then
  redis.call('DEL', KEYS[3])
  return { {}, {}, 0 }
end

-- One call for many fields, or for as many of them as Lua passes on.
local function call(command, key, fields)
  local answers = {}
  for start = 1, #fields, 1000 do
    local answer = redis.call(command, key, unpack(fields, start, math.min(start + 999, #fields)))
    for index = 1, type(answer) == 'table' and #answer or 0 do answers[#answers + 1] = answer[index] end
  end
  return answers
end

-- The step of a ladder and when it allows the next alert, by what is kept of a circle.
local function ladder(kept)
  local step, at = string.match(kept or '', '^(%d+) (%d+)$')
  if not at or now - tonumber(at) >= tonumber(ARGV[6]) then return 0, now end
  local due, last = nil, 0
  for gap in string.gmatch(ARGV[7], '%d+') do
    last = last + 1
    if last <= tonumber(step) then due = tonumber(at) + tonumber(gap) end
  end
  return math.min(tonumber(step), last - 1), due
end

-- What waits of an author in a circle, by its two fields: when it is due, the newest status, the one before it ('' where there is
-- none). A field each, for a version that knows of one status has to read them too: it tells both.
local function parse(newest, before)
  local due, status = string.match(newest or '', '^(%d+) (%S+)')
  local older_due, older = string.match(before or '', '^(%d+) (%S+)')
  if not due then due, status, older = older_due, older, nil end
  if due then return { due = tonumber(due), status = status, older = older or '' } end
end

local statuses, fields = { 'heardAt', 'circle ' .. own_circle }, { 'taken ' .. job }
for index = 10, #ARGV, 2 do
  statuses[#statuses + 1] = ARGV[index]
  fields[#fields + 1] = own_circle .. ' ' .. ARGV[index + 1]
  fields[#fields + 1] = own_circle .. ' ' .. ARGV[index + 1] .. ' older'
end
local alerted, waited = call('HMGET', KEYS[1], statuses), call('HMGET', KEYS[3], fields)
local before, opens = waited[1], tonumber(alerted[1] or '0') + window
local step, own_due = ladder(alerted[2])

-- Items that this call makes or changes, by field; not written before it is known that they wait.
local fresh, has_new = {}, false
for index = 3, #statuses do
  if not alerted[index] then
    local status, at = statuses[index], index * 2 - 4
    local field = fields[at]
    local item = fresh[field] or parse(waited[at], waited[at + 1]) or { due = own_due, status = '', older = '' }
    item.due = math.min(item.due, own_due)
    if status > item.status then
      item.status, item.older = status, item.status
    elseif status < item.status and status > item.older then
      item.older = status
    end
    fresh[field], has_new = item, true
  end
end
local function store_fresh()
  local pairs_to_set = {}
  for field, item in pairs(fresh) do
    pairs_to_set[#pairs_to_set + 1] = field
    pairs_to_set[#pairs_to_set + 1] = string.format('%.0f %s', item.due, item.status)
    if item.older ~= '' then
      pairs_to_set[#pairs_to_set + 1] = field .. ' older'
      pairs_to_set[#pairs_to_set + 1] = string.format('%.0f %s', item.due, item.older)
    end
  end
  call('HSET', KEYS[3], pairs_to_set)
  if has_new then redis.call('EXPIRE', KEYS[3], ARGV[8]) end
end
if has_new then
  -- Most news comes while a circle waits: the rest need not be read, each circle has a wake-up of its own.
  local due = math.max(own_due, opens)
  if due > now and not before then
    store_fresh()
    return { devices, {}, due }
  end
end

local items, first, is_in, gone = {}, nil, { [own_circle] = true }, {}
local function add(field, item)
  item.field, item.circle = field, string.match(field, '^%S+')
  items[#items + 1] = item
  first = math.min(first or item.due, item.due)
end
local function forget(item)
  if item.newest then gone[#gone + 1] = item.field end
  if item.before then gone[#gone + 1] = item.field .. ' older' end
end
local waiting, stored = redis.call('HGETALL', KEYS[3]), {}
for index = 1, #waiting, 2 do
  local field, circle = waiting[index], string.match(waiting[index], '^%S+')
  if circle ~= 'taken' then
    if is_in[circle] == nil then is_in[circle] = redis.call('HEXISTS', KEYS[4], circle) == 1 end
    if not is_in[circle] then
      gone[#gone + 1] = field
    else
      local newest = string.match(field, '^(%S+ %S+) older$') or field
      local at = stored[newest] or {}
      at[newest == field and 'newest' or 'before'] = waiting[index + 1]
      stored[newest] = at
    end
  end
end
for field, at in pairs(stored) do
  local item = fresh[field] or parse(at.newest, at.before)
  if item then
    item.newest, item.before = at.newest, at.before
    if not fresh[field] then add(field, item) end
  else
    forget({ field = field, newest = at.newest, before = at.before })
  end
end
for field, item in pairs(fresh) do add(field, item) end

local hears = first and not before and first <= now and opens <= now
-- The newest first; a status of several circles by the one of this job, for it is known that the person is in it now.
local function goes_first(a, b)
  if a.status ~= b.status then return a.status > b.status end
  return a.circle == own_circle and b.circle ~= own_circle
end
if hears then table.sort(items, goes_first) end
-- Joined with what would be heard within the window anyway.
local due, heard, asked = nil, {}, {}
for _, item in ipairs(items) do
  if hears and item.due <= now + window then
    heard[#heard + 1] = item
    forget(item)
    fresh[item.field] = nil
    asked[#asked + 1] = item.status
    asked[#asked + 1] = item.older
  elseif item.circle == own_circle then
    due = math.min(due or item.due, item.due)
  end
end
local claimed = { [''] = true }
for index, claim in ipairs(call('HMGET', KEYS[1], asked)) do claimed[asked[index]] = claimed[asked[index]] or claim end

local taken, told, writes = {}, {}, {}
local function take(circle, status)
  if claimed[status] then return false end
  claimed[status] = true
  taken[#taken + 1] = circle .. ' ' .. status
  writes[#writes + 1] = status
  writes[#writes + 1] = job .. ' ' .. ARGV[2] .. ' queued'
  return true
end
for _, item in ipairs(heard) do
  local count = told[item.circle] or 0
  if count < most then
    -- Where the newest was told already, the older was overtaken in that alert.
    if take(item.circle, item.status) then
      told[item.circle] = count + 1
      take(item.circle, item.older)
    end
  end
end
call('HDEL', KEYS[3], gone)
if #taken > 0 then
  for circle in pairs(told) do
    if circle ~= own_circle then step = ladder(redis.call('HGET', KEYS[1], 'circle ' .. circle)) else step = ladder(alerted[2]) end
    writes[#writes + 1] = 'circle ' .. circle
    writes[#writes + 1] = step + 1 .. ' ' .. ARGV[2]
  end
  writes[#writes + 1] = 'heardAt'
  writes[#writes + 1] = ARGV[2]
  call('HSET', KEYS[1], writes)
  keep(KEYS[1], ARGV[2], ARGV[3])
  opens = now + window
  local oldest_first = {}
  for index = #taken, 1, -1 do oldest_first[#oldest_first + 1] = taken[index] end
  before = table.concat(oldest_first, ' ')
  redis.call('HSET', KEYS[3], 'taken ' .. job, before)
  has_new = true
end
store_fresh()

local answer = {}
for word in string.gmatch(before or '', '%S+') do answer[#answer + 1] = word end
return { devices, answer, due and math.max(due, opens, now + 1) or 0 }
