"""Invoices: what one says (`document`), how it is paid (`payment`), as an e-invoice (`ubl`), on paper (`printing`)."""
