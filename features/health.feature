# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about Health checks of a node, and the command that asks them.
needs shell

bundle 20 org.apache.felix:org.apache.felix.healthcheck.api
bundle 21 org.thornback:org.thornback.health
