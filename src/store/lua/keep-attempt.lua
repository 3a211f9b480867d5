-- What a request does with its turn in an attempt to make a person: holds it for the steps that cannot be undone, leaves it to the
-- next request, or forgets the whole attempt, of which nobody came.
--
-- KEYS[1] attempt
-- ARGV[1] nonce of the request   ARGV[2] "hold", "leave" or "forget"   ARGV[3] until when the turn is held (ms)
-- Answer: 1, or 0 where the turn is not this request's any more, or ("hold") an answer has arrived meanwhile.
-- Safe to repeat because "hold" sets the same values; after the others it answers 0, which keeps its caller from doing more.
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
if ARGV[2] == 'forget' then return redis.call('DEL', KEYS[1]) end
if ARGV[2] == 'leave' then return redis.call('HDEL', KEYS[1], 'turn') end
if redis.call('HEXISTS', KEYS[1], 'used') == 1 then return 0 end
redis.call('HSET', KEYS[1], 'until', ARGV[3])
return 1
