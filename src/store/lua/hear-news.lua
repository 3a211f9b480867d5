-- Decides what one person hears now of the news of circles, and what waits: the ladder of each circle, and the window in which
-- a person is alerted once, however many circles have news.
--
-- KEYS[1] alerted   KEYS[2] push   KEYS[3] waiting
-- ARGV[1] job   ARGV[2] now (ms)   ARGV[3] ms a claim is kept   ARGV[4] circle   ARGV[5] ms between two alerts of any circles
-- ARGV[6] ms of quiet after which a circle's ladder begins anew   ARGV[7] its steps (ms), with a comma between
-- ARGV[8] seconds that news may wait   then status ids that are news of this circle
-- Answer: { devices, taken, due }: devices as in claim-alerts.lua; taken {circle, status, circle, status, …}; due: when what
-- still waits of this circle can be heard (ms), 0 where nothing waits.
-- Safe to repeat because a status is claimed once, waits once, and what a job took is kept for it until it has queued that.
local now, window = tonumber(ARGV[2]), tonumber(ARGV[5])
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

local before = redis.call('HGET', KEYS[1], 'taken ' .. ARGV[1])
local _, circle_due = ladder(ARGV[4])
for index = 9, #ARGV do
  local status = ARGV[index]
  local known = redis.call('HGET', KEYS[1], status)
  local waits = known and redis.call('HGET', KEYS[3], status)
  -- What waits for one circle may be heard by way of another one sooner.
  if not known or waits and tonumber(string.match(waits, '^%d+')) > circle_due then
    redis.call('HSET', KEYS[1], status, 'waiting ' .. now .. ' queued')
    redis.call('HSET', KEYS[3], status, string.format('%.0f', circle_due) .. ' ' .. ARGV[4])
  end
end

local news = {}
local first, due = nil, nil
local waiting = redis.call('HGETALL', KEYS[3])
for index = 1, #waiting, 2 do
  local at, circle = string.match(waiting[index + 1], '^(%d+) (.*)$')
  news[#news + 1] = { status = waiting[index], due = tonumber(at), circle = circle }
  if not first or tonumber(at) < first then first = tonumber(at) end
end
if #news > 0 then
  keep(KEYS[1], ARGV[2], ARGV[3])
  redis.call('EXPIRE', KEYS[3], ARGV[8])
end

local opens = tonumber(redis.call('HGET', KEYS[1], 'heardAt') or '0') + window
local hears = first and not before and first <= now and opens <= now
local taken = {}
for _, item in ipairs(news) do
  -- Joined with what would be heard within the window anyway.
  if hears and item.due <= now + window then
    taken[#taken + 1] = item
  elseif item.circle == ARGV[4] then
    due = math.min(due or item.due, item.due)
  end
end
if #taken > 0 then
  table.sort(taken, function(a, b) return a.status < b.status end)
  local flat, told = {}, {}
  for _, item in ipairs(taken) do
    flat[#flat + 1] = item.circle
    flat[#flat + 1] = item.status
    redis.call('HDEL', KEYS[3], item.status)
    if not told[item.circle] then
      told[item.circle] = true
      redis.call('HSET', KEYS[1], 'circle ' .. item.circle, ladder(item.circle) + 1 .. ' ' .. now)
    end
  end
  opens = now + window
  before = 'taken ' .. now .. ' ' .. table.concat(flat, ' ')
  redis.call('HSET', KEYS[1], 'heardAt', now, 'taken ' .. ARGV[1], before)
end

local answer = {}
for word in string.gmatch(string.sub(before or '', 7), '%S+') do answer[#answer + 1] = word end
table.remove(answer, 1)
return { devices, answer, due and math.max(due, opens, now + 1) or 0 }
