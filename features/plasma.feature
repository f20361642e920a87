# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
about The object store by itself, in shared memory, on a disk or within the heap's limit.
needs layout

bundle 5 org.thornback:org.thornback.plasma-shm
bundle 5 org.thornback:org.thornback.plasma-file
bundle 5 org.thornback:org.thornback.plasma-heap
bundle 6 org.thornback:org.thornback.plasma-store
