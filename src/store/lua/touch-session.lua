-- Notes that a session is in use and lets it live on. Must not bring a session back that was signed out.
--
-- KEYS[1] session   ARGV[1] now (RFC 3339)   ARGV[2] seconds to live
-- Answer: 1 when the session is there.
-- Safe to repeat because it sets the same values.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'lastUsedAt', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
