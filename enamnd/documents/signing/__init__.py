"""Signing PDF files and checking signatures: PAdES (ETSI EN 319 142-1), kept within PDF/A-2 and PDF/UA-1.

fields        the empty fields that a paper is printed with
backend       what the verbs call: `signing_backend().sign(pdf, request)`
embedded      the signer inside the portal; authority, credentials and timestamping are its parts
verification  what a PDF is, who has signed it, and whether it is the board's own paper
"""
