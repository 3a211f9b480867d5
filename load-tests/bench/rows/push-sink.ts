import { createServer } from 'node:http';

/**
 * A push service that takes everything and keeps nothing; it tells its parent how much came. A process of its own, and not
 * `load-tests/push-sink`, which reads and counts by phone: here the machine is left to what is measured.
 */
let count = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.method === 'POST' && request.headers['content-encoding'] === 'aes128gcm') count += 1;
    response.writeHead(201, { 'content-length': 0 }).end();
  });
});
server.listen(0, '127.0.0.1');
process.on('message', () => {
  const address = server.address();
  process.send?.({ answer: { port: address !== null && typeof address === 'object' ? address.port : 0, count } });
});
process.on('disconnect', () => process.exit());
