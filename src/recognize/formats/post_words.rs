//! What lists of posts and their numbers call their columns, whoever wrote them.

use super::Names;

/// The names of the column that holds `Field::Clicks`.
pub(super) const CLICKS: Names = &[
    "Clicks",
    "Clics",
    "Cliques",
    "Klicks",
    "Link engagements",
    "Link Clicks",
    "Click Count",
    "Clicks on link",
    "Engajamentos com o link",
];

/// The names of the column that holds `Field::Comments`.
pub(super) const COMMENTS: Names = &[
    "Comments",
    "Comentarios",
    "comentários",
    "Kommentare",
    "Commentaires",
    "Commenti",
    "Reacties op post",
    "Comment Count",
    "commentCount",
    "numComments",
];

/// The names of the column of a rate that the numbers beside it give anyway.
pub(super) const ENGAGEMENT_RATE: Names = &[
    "Engagement Rate",
    "interacción",
    "Interaction Rate",
    "Engagement %",
    "Taxa de engajamento",
];

/// The names of the column that holds `Field::Engagements`.
pub(super) const ENGAGEMENTS: Names = &[
    "Engagements",
    "Engajamentos",
    "Interacciones",
    "Interaktionen",
    "Interactions",
    "Total Engagements",
    "Total Engagement",
    "Engagement",
];

/// The names of the column that holds `Field::FollowersGained`.
pub(super) const FOLLOWERS_GAINED: Names = &[
    "Followers gained from this post",
    "Followers gained",
    "Follows",
    "seguidores ganhos com esta publicação",
    "New followers",
];

/// The names of the column that holds `Field::Impressions`.
pub(super) const IMPRESSIONS: Names = &[
    "Impressions",
    "impressões",
    "impresiones",
    "Impressionen",
    "Vues",
    "Views",
    "Visualizaciones",
    "visualizações",
    "Aufrufe",
    "Impression Count",
    "impressionCount",
    "numImpressions",
    "Total Impressions",
    "Number of Impressions",
    "Impressioni",
    "Weergaven",
];

/// What LinkedIn itself calls `Field::Impressions`.
pub(super) const LINKEDIN_IMPRESSIONS: Names = &[
    "Impressions",
    "impressões",
    "impresiones",
    "Impressionen",
    "Impression Count",
    "impressionCount",
    "Impressioni",
];

/// What LinkedIn itself calls `Field::PostUrl`.
pub(super) const LINKEDIN_POST_URL: Names = &[
    "Post URL",
    "url da publicação",
    "url de la publicación",
    "URL du post",
    "URL des Beitrags",
    "Beitrags-URL",
    "URL del post",
];

/// The names of the column that holds `Field::MembersReached`.
pub(super) const MEMBERS_REACHED: Names = &[
    "Members reached",
    "usuários alcançados",
    "Unique impressions",
    "Reach",
    "Alcance",
    "Reichweite",
    "Miembros alcanzados",
    "Members Reached",
    "Usuarios alcanzados",
    "portée",
    "Erreichte Mitglieder",
    "Unique Impressions",
];

/// The names of the column that holds `Field::Network`.
pub(super) const NETWORK: Names = &[
    "Channel",
    "Network",
    "Red",
    "Red social",
    "Platform",
    "Profile Type",
    "Social Network",
    "Rede",
    "Service",
];

/// The names of the column that holds `Field::PostFormat`.
pub(super) const POST_FORMAT: Names =
    &["Type", "Post Type", "Media Type", "Tipo", "Format", "Formato", "Content Type"];

/// The names of the column that holds `Field::PostText`.
pub(super) const POST_TEXT: Names = &[
    "Content",
    "Post Text",
    "Text",
    "Texto",
    "Post Content",
    "Caption",
    "Message",
    "Post",
    "conteúdo",
    "Contenido",
    "Inhalt",
];

/// The names of the column that holds `Field::PostUrl`.
pub(super) const POST_URL: Names = &[
    "Post URL",
    "Post Link",
    "Link to Post",
    "Permalink",
    "Post Permalink",
    "URL",
    "Link",
    "Enlace",
    "Link do post",
    "Post Url",
    "url da publicação",
    "url de la publicación",
    "URL du post",
    "URL des Beitrags",
    "Beitrags-URL",
    "URL del post",
];

/// The names of the column of the day, which a post's name tells to the millisecond.
pub(super) const POSTED_ON: Names = &[
    "Date",
    "Fecha",
    "Published At",
    "Posted At",
    "Date (UTC)",
    "Publish Date",
    "Data",
    "Datum",
];

/// The names of the column that holds `Field::ProfileViews`.
pub(super) const PROFILE_VIEWS: Names = &[
    "Profile viewers from this post",
    "Profile views",
    "visualizadores do perfil nesta publicação",
];

/// The names of the column that holds `Field::Reactions`.
///
/// A total comes before one kind of reaction.
pub(super) const REACTIONS: Names = &[
    "Reactions",
    "Total Reactions",
    "totalReactions",
    "Reaction Count",
    "Reacciones",
    "reações",
    "Reaktionen",
    "réactions",
    "Reazioni",
    "Reacties",
    "Likes",
    "Me gusta",
    "Curtidas",
    "gefällt mir",
    "J'aime",
    "Like Count",
    "likeCount",
    "numLikes",
];

/// The names of the column that holds `Field::Reposts`.
pub(super) const REPOSTS: Names = &[
    "Reposts",
    "Shares",
    "Compartidos",
    "Compartilhamentos",
    "Geteilt",
    "Partages",
    "Condivisioni",
    "Repost Count",
    "Share Count",
    "repostCount",
    "numShares",
    "Republicaciones",
];

/// The names of the column that holds `Field::Saves`.
pub(super) const SAVES: Names =
    &["Saves", "Salvamentos", "Guardados", "Gespeichert", "Enregistrements"];

/// The names of the column that holds `Field::Sends`.
pub(super) const SENDS: Names =
    &["Sends on LinkedIn", "Sends", "Envios no LinkedIn", "envíos en linkedin"];
