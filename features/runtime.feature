# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about What drivers and workers run, and the node that serves them.
needs redis
needs plasma
needs scheduler

bundle 6 org.thornback:org.thornback.transport
bundle 6 org.thornback:org.thornback.worker-pool
bundle 7 org.thornback:org.thornback.node

driver  org.thornback:org.thornback.ray-driver thornback-driver.jar
runtime org.thornback:org.thornback.ray-runtime
runtime org.thornback:org.thornback.api
runtime org.thornback:org.thornback.layout
runtime org.thornback:org.thornback.transport
runtime org.thornback:org.thornback.lib.agrona
runtime org.slf4j:slf4j-api
