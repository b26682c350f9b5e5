# SPDX-License-Identifier: Apache-2.0
"""The WSGI application that granian serves: the hot path of `decide`, and Django behind it.

Whoever loads this file serves a product: the system's clock, and every control in its place.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.config.settings")
_django = get_wsgi_application()

from upheld.config import middleware, wiring  # noqa: E402 - settings and tables first
from upheld.storage import deployment  # noqa: E402
from upheld.web.api.hot import HotDecide, Surroundings  # noqa: E402

wiring.run_product(demo=deployment.kind() is deployment.DeploymentKind.DEMO)
application = HotDecide(
    _django,
    Surroundings(
        policy_clock=wiring.policy_clock,
        security_clock=wiring.security_clock,
        peer=middleware.peer_of,
        is_secure=middleware.is_secure,
    ),
)
