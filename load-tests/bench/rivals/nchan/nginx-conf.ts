/**
 * nchan as its manual has it for many channels with Redis behind: two workers, every message stored in Redis
 * (`distributed`, the default), a thousand kept for whoever comes back. No access log, no limit on requests per connection.
 */
export function makeNginxConf({
  dir,
  modulePath,
  port,
  redisPort,
}: {
  dir: string;
  modulePath: string;
  port: number;
  redisPort: number;
}): string {
  return `
load_module ${modulePath};
worker_processes 2;
daemon off;
pid ${dir}/nginx.pid;
error_log ${dir}/nginx-error.log warn;
events { worker_connections 20000; multi_accept on; }
worker_rlimit_nofile 65536;
http {
  access_log off;
  client_body_temp_path ${dir}/body;
  proxy_temp_path ${dir}/proxy;
  fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi;
  scgi_temp_path ${dir}/scgi;
  client_body_buffer_size 8k;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  nchan_shared_memory_size 512M;
  upstream redis_server { nchan_redis_server redis://127.0.0.1:${redisPort}; }
  server {
    listen 127.0.0.1:${port} reuseport backlog=4096;
    location = /pub {
      nchan_publisher;
      nchan_channel_id $arg_id;
      nchan_redis_pass redis_server;
      nchan_message_buffer_length 1000;
      nchan_message_timeout 1d;
    }
    location = /sub {
      nchan_subscriber websocket;
      nchan_channel_id $arg_id;
      nchan_subscriber_first_message newest;
      nchan_redis_pass redis_server;
      nchan_message_buffer_length 1000;
      nchan_message_timeout 1d;
      nchan_websocket_ping_interval 25s;
    }
  }
}
`;
}
