-- Reads how long the oldest batch of one shard has been waiting, by Redis' clock, which also gave it its time.
--
-- KEYS[1] outbox   KEYS[2] outbox of help
-- Answer: ms; below 0 where Redis' clock was set back; nil where nothing waits.
-- Safe to repeat because it changes nothing.
local oldest
for _, outbox in ipairs(KEYS) do
  local score = tonumber(redis.call('ZRANGE', outbox, 0, 0, 'WITHSCORES')[2])
  if score and (not oldest or score < oldest) then oldest = score end
end
if not oldest then return false end
local time = redis.call('TIME')
return time[1] * 1000 + math.floor(time[2] / 1000) - oldest
