-- Rows as release 0.1 left them, for databases of schema version 1.
insert into runs values (
    1, '2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z', '0.1.0', 'done', '{}'
);
insert into exports values (1, 'contacts.csv', 'a', 0, null, null);
insert into source_files values (
    1, 1, 'contacts.csv',
    'hubspot-contacts',
    '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'UTF-8', 'comma', '', '', 1, 1, 0, null, 1
);
insert into identities values (
    4294967297, 'mira-castellano', null, 'mira@castellano.example', 'Mira Castellano', null
);
insert into contacts values (
    2199023255584, '7', 4294967297, '2024-03-01T09:00:00Z', null, 'open', null, 0, null
);
