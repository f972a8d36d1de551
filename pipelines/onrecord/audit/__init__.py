"""What people say of rows: samples to judge, their judgments, the figures made of these, corrections as files."""
