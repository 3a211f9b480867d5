-- Takes the turn in an attempt to make a person: one request is at work at a time, and of those that wait the newest goes on, for
-- its answer is the one that somebody is waiting for. A turn that nobody gave back (its process died) lapses.
--
-- KEYS[1] attempt
-- ARGV[1] nonce of the request   ARGV[2] "first" at its first try, "again" after that   ARGV[3] now (ms)   ARGV[4] ms that a turn lasts
-- ARGV[5] id for the person if there is none yet   ARGV[6] seconds that the attempt is remembered
-- Answer: the person's id; or "used": an answer has arrived, "older": a newer request waits, "busy": another one is at work.
-- Safe to repeat because a request that has the turn takes it again, and finds the person that it named.
local newest, turn, until_, person, used = unpack(redis.call('HMGET', KEYS[1], 'newest', 'turn', 'until', 'person', 'used'))
if used then return 'used' end
if turn == ARGV[1] then return person end
if newest and newest ~= ARGV[1] and ARGV[2] ~= 'first' then return 'older' end
redis.call('HSET', KEYS[1], 'newest', ARGV[1])
if not newest then redis.call('EXPIRE', KEYS[1], ARGV[6]) end
if turn and tonumber(until_) > tonumber(ARGV[3]) then return 'busy' end
redis.call('HSET', KEYS[1], 'turn', ARGV[1], 'until', tonumber(ARGV[3]) + tonumber(ARGV[4]))
if person then return person end
redis.call('HSET', KEYS[1], 'person', ARGV[5])
return ARGV[5]
