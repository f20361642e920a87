# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about Leases of workers, and the policy that chooses the node.
needs layout

bundle 5 org.thornback:org.thornback.policy-hybrid
bundle 6 org.thornback:org.thornback.scheduler
