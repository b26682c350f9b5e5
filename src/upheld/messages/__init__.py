# SPDX-License-Identifier: Apache-2.0
"""What the product tells people: SMS and e-mail that leave, and notes that wait in the portal.

Address and body are sealed under a key that lives no longer than the message, and emptied once it is delivered.
Delivery is a durable job; a dedupe key makes sure that nothing is told twice.
"""
