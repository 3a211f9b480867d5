-- Decides what one person hears now of the news of circles, and what waits: the ladder of each circle, and the window in which
-- a person is alerted once, however many circles have news. Of each author only the newest status of a circle waits. A status
-- is claimed when it is taken, not while it waits: it may wait by way of two circles, and goes by the one that is told first.
--
-- KEYS[1] alerted   KEYS[2] push   KEYS[3] waiting   KEYS[4] the person's circles
-- ARGV[1] job   ARGV[2] now (ms)   ARGV[3] ms a claim is kept   ARGV[4] circle   ARGV[5] ms between two alerts of any circles
-- ARGV[6] ms of quiet after which a circle's ladder begins anew   ARGV[7] its steps (ms), with a comma between
-- ARGV[8] seconds that news may wait   ARGV[9] statuses of one circle in an alert, the newest
-- then status id, author, status id, author, …: news of this circle
-- Answer: { devices, taken, due }: devices as in claim-alerts.lua; taken {circle, status, circle, status, …}; due: when what
-- still waits of this circle can be heard (ms), 0 where nothing waits.
-- Safe to repeat because a status is claimed once, and what a job took stays beside what waits until it has queued that.
local now, window, most = tonumber(ARGV[2]), tonumber(ARGV[5]), tonumber(ARGV[9])
local devices = devices_of(KEYS[2])
if #devices == 0 then
  redis.call('DEL', KEYS[3])
  return { {}, {}, 0 }
end

local function ladder(circle)
  local step, at = string.match(redis.call('HGET', KEYS[1], 'circle ' .. circle) or '', '^(%d+) (%d+)$')
  if not at or now - tonumber(at) >= tonumber(ARGV[6]) then return 0, now end
  local due, last = nil, 0
  for gap in string.gmatch(ARGV[7], '%d+') do
    last = last + 1
    if last <= tonumber(step) then due = tonumber(at) + tonumber(gap) end
  end
  return math.min(tonumber(step), last - 1), due
end

local before = redis.call('HGET', KEYS[3], 'taken ' .. ARGV[1])
local opens = tonumber(redis.call('HGET', KEYS[1], 'heardAt') or '0') + window
local _, circle_due = ladder(ARGV[4])
local has_new = false
for index = 10, #ARGV, 2 do
  local status, field = ARGV[index], ARGV[4] .. ' ' .. ARGV[index + 1]
  if redis.call('HEXISTS', KEYS[1], status) == 0 then
    local due, held = string.match(redis.call('HGET', KEYS[3], field) or '', '^(%d+) (%S+)$')
    if not held or held < status then
      due = math.min(tonumber(due or circle_due), circle_due)
      redis.call('HSET', KEYS[3], field, string.format('%.0f', due) .. ' ' .. status)
    end
    has_new = true
  end
end
if has_new then
  redis.call('EXPIRE', KEYS[3], ARGV[8])
  -- Most news comes while a circle waits: the rest need not be read, each circle has a wake-up of its own.
  local due = math.max(circle_due, opens)
  if due > now and not before then return { devices, {}, due } end
end

local news, is_in = {}, { [ARGV[4]] = true }
local first, due = nil, nil
local waiting = redis.call('HGETALL', KEYS[3])
for index = 1, #waiting, 2 do
  local circle = string.match(waiting[index], '^%S+')
  if circle ~= 'taken' then
    if is_in[circle] == nil then is_in[circle] = redis.call('HEXISTS', KEYS[4], circle) == 1 end
    if is_in[circle] then
      local at, status = string.match(waiting[index + 1], '^(%d+) (%S+)$')
      news[#news + 1] = { field = waiting[index], status = status, due = tonumber(at), circle = circle }
      first = math.min(first or tonumber(at), tonumber(at))
    else
      redis.call('HDEL', KEYS[3], waiting[index])
    end
  end
end

local hears = first and not before and first <= now and opens <= now
-- The newest first; a status of several circles by the one of this job, for it is known that the person is in it now.
local function goes_first(a, b)
  if a.status ~= b.status then return a.status > b.status end
  return a.circle == ARGV[4] and b.circle ~= ARGV[4]
end
if hears then table.sort(news, goes_first) end
local taken, told = {}, {}
for _, item in ipairs(news) do
  -- Joined with what would be heard within the window anyway.
  if hears and item.due <= now + window then
    redis.call('HDEL', KEYS[3], item.field)
    local count = told[item.circle] or 0
    if count < most and redis.call('HSETNX', KEYS[1], item.status, ARGV[1] .. ' ' .. now .. ' queued') == 1 then
      told[item.circle] = count + 1
      taken[#taken + 1] = item.circle .. ' ' .. item.status
    end
  elseif item.circle == ARGV[4] then
    due = math.min(due or item.due, item.due)
  end
end
if #taken > 0 then
  for circle in pairs(told) do
    redis.call('HSET', KEYS[1], 'circle ' .. circle, ladder(circle) + 1 .. ' ' .. now)
  end
  opens = now + window
  local oldest_first = {}
  for index = #taken, 1, -1 do oldest_first[#oldest_first + 1] = taken[index] end
  before = table.concat(oldest_first, ' ')
  redis.call('HSET', KEYS[1], 'heardAt', now)
  redis.call('HSET', KEYS[3], 'taken ' .. ARGV[1], before)
  redis.call('EXPIRE', KEYS[3], ARGV[8])
  keep(KEYS[1], ARGV[2], ARGV[3])
end

local answer = {}
for word in string.gmatch(before or '', '%S+') do answer[#answer + 1] = word end
return { devices, answer, due and math.max(due, opens, now + 1) or 0 }
