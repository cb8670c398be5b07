//! Words of the forms in the languages that sheets are written in: states of actions, categories of work elements, kinds of steps,
//! levels of effects, priorities.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::base::text::normalized;
use crate::model::characteristic::{CharacteristicKind, CharacteristicRole};
use crate::model::document::Phase;
use crate::model::flow::StepKind;
use crate::model::fmea::{EffectLevel, WorkCategory};
use crate::model::rating::Priority;
use crate::model::risk::ActionStatus;

/// Words of which each stands for something; several words for the same are parted by strokes.
struct Words<T: 'static>(LazyLock<HashMap<String, T>>);

impl<T: Copy> Words<T> {
    const fn of(read: fn() -> HashMap<String, T>) -> Self {
        Self(LazyLock::new(read))
    }

    /// What a text stands for, whatever its capitals and signs.
    fn find(&self, text: &str) -> Option<T> {
        // A long text is no such word.
        if text.len() > 60 { None } else { self.0.get(&normalized(text)).copied() }
    }
}

fn map<T: Copy>(table: &[(T, &str)]) -> HashMap<String, T> {
    let words = table.iter().flat_map(|(value, words)| words.split('|').map(|word| (normalized(word), *value)));
    // The first meaning of a word stands.
    let mut map = HashMap::new();
    for (word, value) in words {
        map.entry(word).or_insert(value);
    }
    map
}

/// How far an action is.
pub(super) fn status(text: &str) -> Option<ActionStatus> {
    static WORDS: Words<ActionStatus> = Words::of(|| map(STATUS));
    WORDS.find(text)
}

const STATUS: &[(ActionStatus, &str)] = &[
    (
        ActionStatus::Completed,
        "closed|close|complete|completed|done|finished|implemented|fixed|resolved|verified|c|100|100 0|\
         erledigt|abgeschlossen|geschlossen|umgesetzt|fertig|terminé|terminée|termine|clos|clôturé|fermé|\
         fait|réalisé|cerrado|cerrada|completado|completada|terminado|realizado|hecho|chiuso|chiusa|\
         completato|completata|fatto|concluído|concluida|concluído|concluída|fechado|feito|zamknięte|\
         zamknięty|zakończone|wykonane|ukończone|完成|已完成|关闭|已关闭|结束|selesai",
    ),
    (
        ActionStatus::ImplementationPending,
        "in progress|in process|ongoing|on going|wip|started|implementation pending|\
         pending implementation|in arbeit|in bearbeitung|laufend|in umsetzung|en cours|en curso|\
         en proceso|en progreso|in corso|em andamento|em curso|w toku|w trakcie|进行中|正在进行|实施中",
    ),
    (
        ActionStatus::DecisionPending,
        "decision pending|pending decision|to be decided|under review|proposed|entscheidung offen|\
         zu entscheiden|à décider|por decidir|da decidere|a decidir|do decyzji|待定|待决定",
    ),
    (
        ActionStatus::NotImplemented,
        "not implemented|rejected|cancelled|canceled|discarded|dropped|abgelehnt|verworfen|\
         nicht umgesetzt|gestrichen|annulé|abandonné|rejeté|non réalisé|rechazado|cancelado|cancelada|\
         no implementado|annullato|respinto|não implementado|rejeitado|odrzucone|anulowane|niewdrożone|\
         取消|已取消|未实施",
    ),
    (
        ActionStatus::Open,
        "open|opened|not started|new|pending|planned|to do|todo|o|offen|geplant|ouvert|ouverte|à faire|\
         abierto|abierta|pendiente|aperto|aperta|da fare|aberto|aberta|pendente|otwarte|otwarty|打开|开放|\
         未完成|未开始|待处理",
    ),
];

/// The category of a work element: the 4M and their further companions.
pub(super) fn category(text: &str) -> Option<WorkCategory> {
    static WORDS: Words<WorkCategory> = Words::of(|| map(CATEGORY));
    WORDS.find(text)
}

const CATEGORY: &[(WorkCategory, &str)] = &[
    (
        WorkCategory::Man,
        "man|men|people|person|personnel|operator|manpower|mensch|mitarbeiter|personal|main d œuvre|\
         main d oeuvre|homme|mano de obra|hombre|persona|uomo|manodopera|homem|mão de obra|mao de obra|\
         człowiek|ludzie|人|人员",
    ),
    (
        WorkCategory::Machine,
        "machine|machines|equipment|machinery|maschine|maschinen|anlage|machine outil|máquina|maquina|\
         macchina|maszyna|机|机器|设备",
    ),
    (
        WorkCategory::Material,
        "material|materials|material indirect|indirect material|material mittelbar|matière|matériau|\
         matériel|matériaux|materiale|materiał|料|材料|物料",
    ),
    (
        WorkCategory::Environment,
        "environment|mother nature|milieu|environmental|umwelt|umgebung|mitwelt|environnement|\
         medio ambiente|medio|entorno|ambiente|meio ambiente|środowisko|otoczenie|环|环境",
    ),
    (WorkCategory::Method, "method|methods|methode|verfahren|méthode|método|metodo|metoda|法|方法"),
    (
        WorkCategory::Measurement,
        "measurement|measuring|measure|messung|messmittel|mesure|medición|medicion|misura|misurazione|\
         medição|pomiar|测|测量",
    ),
];

/// The level whose label stands in front of an effect.
pub(super) fn effect_level(label: &str) -> Option<EffectLevel> {
    static WORDS: Words<EffectLevel> = Words::of(|| map(EFFECT_LEVEL));
    WORDS.find(label)
}

const EFFECT_LEVEL: &[(EffectLevel, &str)] = &[
    (
        EffectLevel::YourPlant,
        "your plant|own plant|in your plant|plant|yp|internal|eigenes werk|im eigenen werk|werk|\
         votre usine|usine|interne|su planta|planta|propia planta|vostro stabilimento|stabilimento|\
         sua planta|własny zakład|zakład|自身工厂|本厂|工厂内",
    ),
    (
        EffectLevel::ShipToPlant,
        "ship to plant|ship to|customer plant|next plant|customer|stp|kundenwerk|kunde|usine client|\
         usine cliente|client|planta del cliente|planta cliente|cliente|stabilimento cliente|\
         planta do cliente|zakład klienta|klient|发运至工厂|客户工厂|顾客工厂",
    ),
    (
        EffectLevel::EndUser,
        "end user|user|vehicle|eu|end customer|endnutzer|endkunde|fahrzeug|utilisateur final|\
         client final|usuario final|utente finale|usuário final|użytkownik końcowy|最终用户|终端用户|最终使用者",
    ),
];

/// The kind of a step.
pub(super) fn step_kind(text: &str) -> Option<StepKind> {
    static WORDS: Words<StepKind> = Words::of(|| map(STEP_KIND));
    use StepKind as K;
    let glyph = match text.trim() {
        "○" | "◯" | "⭕" | "●" | "O" | "◉" | "⚪" | "⚫" => Some(K::Operation),
        "□" | "◻" | "■" | "☐" | "⬜" | "▢" | "⬛" | "◼" => Some(K::Inspection),
        "⇒" | "→" | "➔" | "➜" | "⇨" | "➡" | "=>" | "->" | "►" | "▶" => Some(K::Transport),
        "▽" | "△" | "▼" | "▲" | "∇" | "Δ" | "🔻" => Some(K::Storage),
        "D" | "◗" | "⌓" | "ᗞ" => Some(K::Delay),
        "◇" | "◊" | "◆" | "♢" => Some(K::Decision),
        _ => None,
    };
    glyph.or_else(|| WORDS.find(text))
}

const STEP_KIND: &[(StepKind, &str)] = &[
    (
        StepKind::Operation,
        "operation|process|op|fabricate|fabrication|manufacturing|assembly|bearbeitung|arbeitsgang|\
         fertigung|opération|operación|operacion|operazione|operação|operacja|加工|操作",
    ),
    (
        StepKind::Inspection,
        "inspection|inspect|check|test|quality check|prüfung|prüfen|kontrolle|contrôle|inspección|\
         inspeccion|controllo|ispezione|inspeção|kontrola|检验|检查|检测",
    ),
    (
        StepKind::Transport,
        "transport|move|transportation|movement|transfer|transporte|trasporto|transfert|运输|搬运|移动",
    ),
    (
        StepKind::Storage,
        "storage|store|stock|warehouse|lager|lagerung|lagern|stockage|almacenamiento|almacenaje|almacén|\
         stoccaggio|magazzino|armazenamento|magazynowanie|储存|存储|贮存|入库",
    ),
    (
        StepKind::Delay,
        "delay|wait|waiting|queue|hold|warten|verzögerung|attente|espera|demora|attesa|oczekiwanie|等待|延迟",
    ),
    (StepKind::Decision, "decision|entscheidung|décision|decisión|decisione|decisão|decyzja|判断|决策"),
    (
        StepKind::Rework,
        "rework|repair|nacharbeit|retouche|reproceso|retrabajo|rilavorazione|retrabalho|przeróbka|返工|返修",
    ),
    (StepKind::Scrap, "scrap|ausschuss|rebut|chatarra|scarto|sucata|złom|报废"),
    (
        StepKind::Receiving,
        "receiving|receipt|incoming|goods in|wareneingang|réception|recepción|recibo|ricevimento|\
         recebimento|przyjęcie|收货|来料|接收",
    ),
    (
        StepKind::Shipping,
        "shipping|ship|dispatch|delivery|versand|expédition|envío|embarque|spedizione|expedição|wysyłka|\
         发货|出货",
    ),
];

/// What a characteristic is to a step.
pub(super) fn role(text: &str) -> Option<CharacteristicRole> {
    static WORDS: Words<CharacteristicRole> = Words::of(|| map(ROLE));
    WORDS.find(text)
}

const ROLE: &[(CharacteristicRole, &str)] = &[
    (CharacteristicRole::Created, "created|create|made|c|erzeugt|entsteht|créé|creado|creato|criado|产生"),
    (CharacteristicRole::Changed, "changed|change|modified|verändert|geändert|modifié|modificado|modificato|更改"),
    (CharacteristicRole::Measured, "measured|checked|inspected|verified|gemessen|geprüft|mesuré|medido|misurato|测量"),
    (CharacteristicRole::PassedThrough, "passed through|pass through|unchanged|durchgereicht|unverändert|inchangé"),
];

/// Whether a characteristic is one of the product or of the process.
pub(super) fn characteristic_kind(text: &str) -> Option<CharacteristicKind> {
    static WORDS: Words<CharacteristicKind> = Words::of(|| map(CHARACTERISTIC_KIND));
    WORDS.find(text)
}

const CHARACTERISTIC_KIND: &[(CharacteristicKind, &str)] = &[
    (
        CharacteristicKind::Product,
        "product|prod|product characteristic|produkt|produktmerkmal|produit|producto|prodotto|produto|产品",
    ),
    (
        CharacteristicKind::Process,
        "process|proc|process characteristic|prozess|prozessmerkmal|processus|procédé|proceso|processo|proces|过程",
    ),
];

/// The phases that a cell names; nothing if it names something else, too.
pub(super) fn phases(text: &str) -> Option<Vec<Phase>> {
    let pieces = text.split([',', ';', '/', '\n', '+', '&']).map(str::trim).filter(|piece| !piece.is_empty());
    let phase = |piece: &str| {
        let piece = normalized(piece);
        let says = |names: &str| names.split('|').any(|name| normalized(name) == piece);
        PHASES.iter().find(|(_, names)| says(names)).map(|(phase, _)| *phase)
    };
    let found: Vec<Option<Phase>> = pieces.map(phase).collect();
    if found.is_empty() { None } else { found.into_iter().collect() }
}

/// Whether a cell in a column of ticks is ticked.
pub(super) fn is_tick(text: &str) -> bool {
    let text = text.trim();
    !matches!(
        text.to_lowercase().as_str(),
        "" | "0" | "no" | "n" | "false" | "nein" | "non" | "não" | "nie" | "否" | "☐"
    )
}

/// Phases of control plans, longest names first.
pub(super) const PHASES: [(Phase, &str); 4] = [
    (
        Phase::SafeLaunch,
        "safe launch|safelaunch|sicherer anlauf|abgesicherter anlauf|lancement sécurisé|lanzamiento seguro|安全投产",
    ),
    (
        Phase::PreLaunch,
        "pre launch|prelaunch|vorserie|pré série|présérie|pre lanzamiento|prelanzamiento|preserie|\
         pré lançamento|试生产",
    ),
    (Phase::Prototype, "prototype|proto|prototyp|prototipo|protótipo|样件"),
    (
        Phase::Production,
        "production|serial production|serie|serienproduktion|produktion|série|producción|produzione|produção|\
         produkcja|生产|量产|批量生产",
    ),
];

/// A priority of action by letter or word.
pub(super) fn priority(text: &str) -> Option<Priority> {
    static WORDS: Words<Priority> = Words::of(|| map(PRIORITY));
    WORDS.find(text)
}

const PRIORITY: &[(Priority, &str)] = &[
    (Priority::High, "h|high|hoch|alto|alta|élevé|élevée|haut|haute|wysoki|wysoka|高"),
    (Priority::Medium, "m|medium|med|moderate|mittel|medio|media|moyen|moyenne|médio|média|średni|średnia|中"),
    (Priority::Low, "l|low|niedrig|gering|bajo|baja|faible|bas|basso|bassa|baixo|baixa|niski|niska|低|b"),
];

/// Whether a text says that there is nothing: no control, no action, nobody.
pub(super) fn is_none(text: &str) -> bool {
    static WORDS: Words<()> = Words::of(|| map(&[((), IS_NONE)]));
    WORDS.find(text).is_some()
}

const IS_NONE: &str = "none|no|nil|n a|na|not applicable|not required|no action|no action required|no actions|keine|\
         kein|entfällt|nicht erforderlich|aucun|aucune|néant|sans objet|ninguno|ninguna|no aplica|\
         nessuno|nessuna|nenhum|nenhuma|não aplicável|brak|nie dotyczy|无|不适用";

/// Whether a text of equipment says that the work is done by hand.
pub(super) fn is_by_hand(text: &str) -> bool {
    static WORDS: Words<()> = Words::of(|| map(&[((), IS_BY_HAND)]));
    WORDS.find(text).is_some()
}

const IS_BY_HAND: &str = "manual|manually|by hand|manuell|von hand|manuel|manuelle|à la main|manuale|a mano|ręcznie|\
         ręczny|手动|手工|人工";
