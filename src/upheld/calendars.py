# SPDX-License-Identifier: Apache-2.0
"""Days: calendar and working, with the public holidays of the controller's region."""
