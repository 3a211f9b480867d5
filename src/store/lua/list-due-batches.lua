-- Lists batches of one shard and lane that have waited for so long, oldest first. By Redis' clock, which also gave them their time.
--
-- KEYS[1] outbox of the lane   KEYS[2] batches   ARGV[1] how long (ms)   ARGV[2] most
-- Answer: {batch id, "<lane> <id>,<id>…", …}.
-- Safe to repeat because it changes nothing but what a release before left, which knew one outbox only: it forgot a batch of
-- help and not that it waits.
local answer, time = {}, redis.call('TIME')
local before = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])
for _, batch in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', before, 'LIMIT', 0, ARGV[2])) do
  local entry = redis.call('HGET', KEYS[2], batch)
  if entry then
    answer[#answer + 1] = batch
    answer[#answer + 1] = entry
  else
    redis.call('ZREM', KEYS[1], batch)
  end
end
return answer
