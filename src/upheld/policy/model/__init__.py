# SPDX-License-Identifier: Apache-2.0
"""The policy file as pydantic models, one module per chapter of the file; `Policy` is the whole."""

from upheld.policy.model.policy import Policy

__all__ = ["Policy"]
