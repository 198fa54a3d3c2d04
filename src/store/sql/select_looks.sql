select key, sha256, bytes, is_utf8, has_nul, has_backslash_quote, has_open_quote
from looks
order by key
