-- Forgets who owns a push endpoint, unless that is somebody else by now.
--
-- KEYS[1] push owner   ARGV[1] the owner to forget
-- Answer: 1 forgotten, 0 nobody or another one.
-- Safe to repeat because only the same owner is forgotten.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
