select made, made_of
from made_of
order by made
