"""The board's plans, reports and rules as papers: outline, living blocks, print, Word (styrande dokument)."""
