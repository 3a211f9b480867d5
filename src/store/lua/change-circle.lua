-- Changes a circle's name or who may invite.
--
-- KEYS[1] info   KEYS[2] feed
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] name   ARGV[7] invites ("keepers" or "members")   ARGV[8] the frame's JSON members for both
-- Answer: 'changed' | 'gone'.
-- Safe to repeat because the same values are only told once more.
if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
redis.call('HSET', KEYS[1], 'name', ARGV[6], 'invites', ARGV[7])
emit(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'circle ' .. ARGV[2], 'circle', ARGV[8])
return 'changed'
