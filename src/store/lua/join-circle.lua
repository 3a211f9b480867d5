-- Lets a person into a circle by an invite, which loses one use.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] membership   KEYS[4] feed   KEYS[5] invites   KEYS[6] removed
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] invite id   ARGV[7] now (RFC 3339)   ARGV[8] most members   ARGV[9] person   ARGV[10] member JSON
-- ARGV[11] membership JSON members
-- An invite has ended as well while its maker may not invite: is no member, or no keeper where only keepers may.
-- Whom a keeper removed comes in only by an invite that was made after that; to them an older one has ended, like any other.
-- Answer: 'joined' | 'already' | 'expired' | 'used-up' | 'full' | 'gone'.
-- Safe to repeat because a member is answered 'already' and no use is taken.
if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
if redis.call('HEXISTS', KEYS[2], ARGV[9]) == 1 then return 'already' end
local text = redis.call('HGET', KEYS[5], ARGV[6])
if not text then return 'expired' end
local invite = cjson.decode(text)
if invite.expiresAt <= ARGV[7] then return 'expired' end
local removed = redis.call('HGET', KEYS[6], ARGV[9])
if removed and (invite.seq or 0) < tonumber(string.match(removed, '^%d+')) then return 'expired' end
local inviter = redis.call('HGET', KEYS[2], invite.createdBy)
if not inviter then return 'expired' end
local is_keeper = string.find(inviter, '"role":"keeper"', 1, true)
if not is_keeper and redis.call('HGET', KEYS[1], 'invites') ~= 'members' then return 'expired' end
if invite.uses >= invite.maxUses then return 'used-up' end
if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[8]) then return 'full' end
invite.uses = invite.uses + 1
redis.call('HSET', KEYS[5], ARGV[6], cjson.encode(invite))
redis.call('HDEL', KEYS[6], ARGV[9])
redis.call('HSET', KEYS[2], ARGV[9], ARGV[10])
local position = emit(KEYS[1], KEYS[4], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'joined ' .. ARGV[9], 'member',
  '"change":"joined","member":' .. ARGV[10])
redis.call('HSET', KEYS[3], ARGV[9],
  '{"joinedSeq":' .. string.match(position, '-(%d+)$') .. ',"invitedBy":"' .. invite.createdBy .. '",' .. ARGV[11] .. '}')
return 'joined'
