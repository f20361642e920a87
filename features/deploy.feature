# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about The deploy folder, and features that come and go while the node runs.
needs base

bundle 20 org.thornback:org.thornback.deploy
