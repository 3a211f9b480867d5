-- Notes that an alert of these statuses has arrived on a phone of one person. All keys are in one shard's slot.
--
-- KEYS: per status its record, its reached   ARGV: per status the person as a hash
-- Answer: per status its author where the person is new there, else ''.
-- Safe to repeat because a set holds each person once, and what has no record, or a retracted one, stays without a set.
local answers = {}
for index = 1, #ARGV do
  local record, reached = KEYS[index * 2 - 1], KEYS[index * 2]
  local text = redis.call('GET', record)
  local status = text and cjson.decode(text)
  answers[index] = ''
  if status and not status.retracted and redis.call('SADD', reached, ARGV[index]) == 1 then
    redis.call('PEXPIRE', reached, redis.call('PTTL', record))
    answers[index] = status.author
  end
end
return answers
