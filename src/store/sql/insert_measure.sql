insert into measures (currency, amount_kind)
values (:currency, :amount_kind)
