-- Reads how long the oldest batch of one shard has been waiting, by Redis' clock, which also gave it its time.
--
-- KEYS[1] outbox   KEYS[2] outbox of help   KEYS[3] batches
-- Answer: ms; below 0 where Redis' clock was set back; nil where nothing waits.
-- Safe to repeat because it changes nothing.
-- What is in no batch any more was brought by a worker of the release before, which knows one outbox only: nobody waits for it.
local oldest
for _, outbox in ipairs({ KEYS[1], KEYS[2] }) do
  local rank = 0
  local first = redis.call('ZRANGE', outbox, rank, rank, 'WITHSCORES')
  while first[1] and redis.call('HEXISTS', KEYS[3], first[1]) == 0 do
    rank = rank + 1
    first = redis.call('ZRANGE', outbox, rank, rank, 'WITHSCORES')
  end
  local score = tonumber(first[2])
  if score and (not oldest or score < oldest) then oldest = score end
end
if not oldest then return false end
local time = redis.call('TIME')
return time[1] * 1000 + math.floor(time[2] / 1000) - oldest
