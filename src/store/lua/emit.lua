-- Shared by every script that changes a circle: gives the next position, appends the event to the feed and publishes it, so
-- that the order of the feed and the order of the channel agree.
--
-- emit(info, feed, channel, circle_id, run_id, new_epoch, feed_max, header, kind, body)
--   header  what a gateway needs without reading the frame: "<kind> <id>"
--   kind    the frame's "t"
--   body    the rest of the frame: JSON members without the braces
-- Answer: the position. The published text is "<position> <header>\n<frame>"; the feed holds the same header and frame.
-- A new run_id (Redis was restarted or failed over) gives the circle a new epoch, which begins at `epochSeq`: an older position
-- is then lost.
local function emit(info, feed, channel, circle_id, run_id, new_epoch, feed_max, header, kind, body)
  local known = redis.call('HMGET', info, 'runId', 'epoch')
  local epoch = known[2]
  local seq = redis.call('HINCRBY', info, 'seq', 1)
  if known[1] ~= run_id or not epoch then
    epoch = new_epoch
    redis.call('HSET', info, 'runId', run_id, 'epoch', epoch, 'epochSeq', seq)
  end
  local position = epoch .. '-' .. seq
  local frame = '{"t":"' .. kind .. '","circle":"' .. circle_id .. '","position":"' .. position .. '",' .. body .. '}'
  redis.call('XADD', feed, 'MAXLEN', '~', feed_max, seq .. '-0', 'h', header, 'f', frame)
  redis.call('PUBLISH', channel, position .. ' ' .. header .. '\n' .. frame)
  return position
end
