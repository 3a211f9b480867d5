-- Takes an outbox entry out of the sweeper's way for good: an operator has to look at it.
--
-- KEYS[1] outbox   KEYS[2] batches   KEYS[3] parked   ARGV[1] batch id
-- Answer: 1 when it was parked now.
-- Safe to repeat because an entry that is gone is not parked again.
local entry = redis.call('HGET', KEYS[2], ARGV[1])
if not entry then return 0 end
redis.call('HSET', KEYS[3], ARGV[1], entry)
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 1
