"""The municipalities' audits of the board: how they stand, their questions, the papers that answer them."""
