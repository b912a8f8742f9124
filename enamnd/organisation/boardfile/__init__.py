"""A whole board in one JSON file: what `manage.py load_board FILE` reads.

The file is one JSON object in UTF-8. `format` is "enamnd.board" and `version` 1; `board` is an object, every other part
a list of rows. All parts may be left out; what is left out is not touched. After each part stands what a row is known
by when the file is read again.

municipalities  known by name
    name, full_name, kind ("municipality", "region"), org_number, code, population, population_on, postal_address,
    email, website, notice_board, is_party
board           there is one
    name, short_name, host (a municipality), diary_prefix, case_number_format, document_number_format,
    words, paper (objects; their keys and what is usual stand in words.py), rules (likewise in board_rules.py)
persons         known by name, or by email where two have the same name
    name, political_party, organisation, title, email, phone
bodies          known by name
    name, short_name, kind ("board", "preparatory", "working", "steering", "reference", "strategy_day",
    "training"),
    numbers_paragraphs, valid_from, valid_until
seats           known by body, municipality, kind and order
    body, municipality, kind ("member", "substitute"), order (1 when left out), valid_from, valid_until
mandates        known by seat (body, municipality, seat, order), person and valid_from
    body, municipality, seat ("member", "substitute"), order, person, political_party, appointed_by, appointed_on,
    decision, decides_as_officer (true, false), valid_from, valid_until
offices         known by body, role, person and valid_from
    body, person, role ("chair", "vice_chair", "second_vice_chair", "secretary", "coordinator"), valid_from, valid_until
phrases         known by label
    label, text, kind ("decision", "text", "documents", "recipients" or ""), order
standing_items  known by body, title and first_month
    body, title, first_month, last_month (1-12, the first when left out), kind ("decision", "information"), order
delegation_orders   known by body and valid_from
    body, title, valid_from, valid_until, decided_text ("2023-01-25 § 5"), header (an object of texts), general_terms
delegation_points   known by order (body, valid_from) and number
    body, valid_from (the order's), number, text, delegate_kind ("chair", "presidium", "committee", "member",
    "employee"), delegate, substitute, limit, amount_limit (whole kronor), is_urgent
risk_scales     known by name
    name, likelihood_word, consequence_word ("Sannolikhet", "Konsekvens" when left out), likelihood, consequence (lists
    of {word, meaning}, the lowest first), bands (list of {from, word, tone, meaning}; tone is "green", "yellow",
    "orange", "red", "blue" or "grey")
risk_categories known by name
    name, meaning, order
seller          there is one: what an invoice must say of the host, and how its ledger is kept
    vat_number, is_approved_for_f_tax, street, postal_code, city, endpoint_scheme ("0007", "0088"), endpoint, bankgiro,
    plusgiro, contact, phone, email, days, receivables_account, voucher_series, cost_centre, counterparty_dimension,
    alphabet ("cp437", "iso-8859-1")
vat_rules       known by name
    name, category ("S", "E", "O"), rate (per cent), reason, income_account, vat_account, decision, decided_on,
    valid_from, valid_until
ledger_accounts known by number
    number, name
buyers          known by municipality: how it wants its invoices
    municipality, reference, endpoint_scheme, endpoint, street, postal_code, city, counterparty
governing_kinds known by key
    key, name, order, is_yearly, contents_levels (1-3), contents_in_capitals, approval_words, approvers (a list of
    {role, label}, the role as in offices), structure (a list of {heading, level (1-3), numbered, in_contents, text,
    blocks}; a block is a key or {block, options, caption}; {year}, {next_year}, {previous_year}, {board} and {short}
    are put in)
accounts        left alone by load_board; load_sample alone reads them
    name, email, role, municipality

Dates are written 2022-06-22. A person, a body and a municipality are named in other rows by their name (a person also
by e-mail). Reading the file again changes what differs, adds what is new and removes nothing; a field that a row does
not mention keeps its value. A file with anything wrong in it is refused with every problem and its place, and nothing
is saved.
"""
