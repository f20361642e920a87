# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about What a node measures, for Prometheus and for ray metrics.
needs shell

bundle 20 org.thornback:org.thornback.lib.micrometer
bundle 21 org.thornback:org.thornback.metrics
