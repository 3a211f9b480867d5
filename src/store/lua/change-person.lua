-- Writes fields of a person. Must not bring somebody back who is erased, or was removed.
--
-- KEYS[1] profile   ARGV: field, value, field, value, …
-- Answer: 1 when the person is there.
-- Safe to repeat because it sets the same values.
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'erasedAt') == 1 then return 0 end
for index = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1]) end
return 1
