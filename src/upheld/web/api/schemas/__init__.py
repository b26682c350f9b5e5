# SPDX-License-Identifier: Apache-2.0
"""What programs send and receive. What comes is strict: nothing unknown, nothing converted."""
