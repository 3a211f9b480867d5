-- Says that a device shows a page of ours, where it has a push subscription: nobody asks otherwise, and what writes nothing
-- waits for no disk.
--
-- KEYS[1] visible   KEYS[2] push   ARGV[1] session   ARGV[2] seconds
-- Answer: 1 said, 0 no subscription.
-- Safe to repeat because it sets the same value.
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return 0 end
redis.call('SET', KEYS[1], '1', 'EX', ARGV[2])
return 1
