# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about The control plane: redis-server, its credentials and the tables in it.
needs base

# Only where the machine has no redis-server of its own, or too old a one.
program org.signal:embedded-redis redis-server-7.0.15-linux-amd64 redis/linux-amd64/redis-server
program org.signal:embedded-redis redis-server-7.0.15-linux-arm64 redis/linux-arm64/redis-server

bundle 4 io.netty:netty-common
bundle 4 io.netty:netty-buffer
bundle 4 io.netty:netty-resolver
bundle 4 io.netty:netty-transport
bundle 4 io.netty:netty-transport-native-unix-common
bundle 4 io.netty:netty-codec-base
bundle 4 io.netty:netty-codec-dns
bundle 4 io.netty:netty-handler
bundle 4 io.netty:netty-resolver-dns
bundle 4 org.reactivestreams:reactive-streams
bundle 4 io.projectreactor:reactor-core
bundle 4 org.thornback:org.thornback.lib.lettuce

bundle 5 org.thornback:org.thornback.redis-auth
bundle 5 org.thornback:org.thornback.redis
