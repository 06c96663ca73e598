# SPDX-License-Identifier: EUPL-1.2
"""The shipped JSON Schema and the decoder, held against each other."""
import schema_parity


def test_schema_and_decoder_accept_the_same_reports(_world):
    count, trouble = schema_parity.check()
    assert count > 2000
    assert not trouble, "\n".join(trouble[:50])
