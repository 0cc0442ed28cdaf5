//! What each kind of flag is called, what it looks for, and what the user does next.

use super::{FlagKind, Sure};
use crate::text::Text;

/// What a kind is called; the window uses the same words.
pub fn name(kind: FlagKind) -> Text {
    let (zh, en) = match kind {
        FlagKind::DuplicateCharge => ("重复扣款", "Duplicate charge"),
        FlagKind::UnusualAmount => ("金额异常", "Unusual amount"),
        FlagKind::Burst => ("短时多笔", "Burst"),
        FlagKind::NewPayee => ("陌生收款方", "New payee"),
        FlagKind::RefundMissing => ("退款未到", "Refund missing"),
        FlagKind::SubscriptionChange => ("订阅变动", "Subscription changed"),
        FlagKind::TestCharge => ("小额试探", "Test charge"),
        FlagKind::ScamWords => ("诈骗话术", "Scam wording"),
        FlagKind::FailedButDebited => ("失败却扣款", "Failed but debited"),
        FlagKind::TrialTurnedPaid => ("试用转收费", "Trial turned paid"),
        FlagKind::UnexpectedFee => ("意外费用", "Unexpected fee"),
        FlagKind::CurrencyOvercharge => ("汇率过高", "Dear conversion"),
        FlagKind::EmptiedAccount => ("余额转空", "Emptied account"),
        FlagKind::WrongPayee => ("疑似转错人", "Wrong payee?"),
        FlagKind::BalanceMismatch => ("余额对不上", "Balance off"),
        FlagKind::ForgottenHold => ("冻结未解", "Hold not released"),
        FlagKind::Disowned => ("非本人付款", "Not yours"),
    };
    Text::new(zh, en)
}

/// How sure, in a word.
pub fn sure(sure: Sure) -> Text {
    let (zh, en) = match sure {
        Sure::Clear => ("明显", "clear"),
        Sure::Likely => ("可疑", "likely"),
        Sure::Watch => ("留意", "watch"),
    };
    Text::new(zh, en)
}

/// What a kind looks for: one line beside its switch.
pub fn looks_for(kind: FlagKind) -> Text {
    let (zh, en) = match kind {
        FlagKind::DuplicateCharge => (
            "同一家、同一金额，几分钟内扣了不止一次",
            "The same payee and amount, taken more than once within minutes",
        ),
        FlagKind::UnusualAmount => ("比您自己平时付的高出很多", "Far above what you usually pay"),
        FlagKind::Burst => (
            "短时间内连续付了许多笔、接连买礼品卡，或几笔连着不像您的习惯",
            "Many payments within a short time, gift cards one after another, or a run unlike your habits",
        ),
        FlagKind::NewPayee => ("第一次付给某人，而且金额大", "A large first transfer to someone"),
        FlagKind::RefundMissing => (
            "说好退款、订单已关闭，钱却没有回来或只回来一部分",
            "A refund promised or an order closed, and the money not or not all back",
        ),
        FlagKind::SubscriptionChange => {
            ("自动续费涨价，或取消之后又扣", "A subscription raised, or charged after it was cancelled")
        }
        FlagKind::TestCharge => ("先扣几分几毛，随后扣一大笔", "A few cents first, a large sum soon after"),
        FlagKind::ScamWords => ("付款说明里有常见骗局的字样", "Words of known scams in what a payment says"),
        FlagKind::FailedButDebited => {
            ("显示支付失败，钱却扣了", "A payment that failed while the money left")
        }
        FlagKind::TrialTurnedPaid => ("试用期过后自动收费", "A trial that began to charge by itself"),
        FlagKind::UnexpectedFee => {
            ("以前没有过的手续费、利息、罚息", "Fees, interest or penalties never seen before")
        }
        FlagKind::CurrencyOvercharge => {
            ("外币付款折算得比您平时贵", "Foreign prices converted at a worse rate than your usual one")
        }
        FlagKind::EmptiedAccount => {
            ("余额几乎一次转空，收款方是新的", "Nearly all of a balance sent to someone new")
        }
        FlagKind::WrongPayee => (
            "收款方或充值的号码与您常付的只差一点",
            "A payee, or a number topped up, one letter or digit from a usual one",
        ),
        FlagKind::BalanceMismatch => {
            ("账单里的余额与前后金额对不上", "A balance that does not follow from the amounts")
        }
        FlagKind::ForgottenHold => {
            ("押金、预授权冻结后迟迟没有解冻", "A deposit or hold that is not released")
        }
        FlagKind::Disowned => ("您自己写明不是您付的", "What you wrote yourself that you did not pay"),
    };
    Text::new(zh, en)
}

/// What to do next, the most urgent first, and calmer where a word alone may mislead. No number stands here: whom to call is the directory's.
pub fn next_step(kind: FlagKind, sure: Sure) -> Text {
    let (zh, en) = match kind {
        FlagKind::DuplicateCharge => (
            "先看订单里是一份还是两份。只有一份，就请商家退回多扣的；商家不认，再请付款的钱包或银行按两个交易单号查。",
            "Look whether you have one order or two. With one, ask the shop for the extra charge back; if it refuses, \
             have the wallet or bank trace both order numbers.",
        ),
        FlagKind::UnusualAmount => (
            "先回想一下，也问问能用您手机或卡的家人。确实不是你们付的，马上锁卡、改支付密码，再打给付款的钱包或银行。",
            "Think back, and ask family who can use your phone or card. If it was none of you, lock the card, change \
             the payment password and call the wallet or bank that paid.",
        ),
        FlagKind::Burst => (
            "先问问家人，尤其是用您手机玩游戏的孩子。不是你们付的，马上锁卡、改支付密码，再打电话逐笔报时间和单号。",
            "Ask family first, children playing on your phone above all. If it was none of you, lock the card, change \
             the payment password, then call and give each time and order number.",
        ),
        FlagKind::NewPayee => (
            "先不要再转。用您原来就有的电话，或当面，向本人核实。如果有人催您转、叫您保密，请立刻报警。",
            "Send nothing more for now. Check with the person face to face or on a number you already had. If somebody \
             presses you or asks for secrecy, go to the police at once.",
        ),
        FlagKind::RefundMissing => (
            "先看退款进度：退到哪里、哪天退的，再查那张卡的账单。过了答应的日子还没到，凭交易单号请付款的钱包或银行查。",
            "Look up where and when it was refunded, and that account's statement. If the promised day has passed, have \
             the wallet or bank trace it by the order number.",
        ),
        FlagKind::SubscriptionChange => (
            "先到钱包的自动扣款（免密支付）里关掉这一项，免得下期再扣；再请商家退回不该扣的部分。",
            "Switch this one off among the wallet's automatic payments, so that it does not charge again; then ask the \
             merchant to return what should not have been taken.",
        ),
        FlagKind::TestCharge => (
            "不是您付的，就马上锁卡或关掉这个支付方式：后面可能还会扣。然后打电话，报出每笔的时间和金额。",
            "If it was not you, lock the card or switch the payment method off now: more may follow. Then call and give \
             the time and amount of each.",
        ),
        FlagKind::ScamWords if sure == Sure::Clear => (
            "先不要再付一分钱，聊天和转账记录都留着。如果是没见过面的人叫您付的，立刻报警，同时打给付款的钱包或银行，请求止付。",
            "Pay nothing more, and keep chats and records. If somebody you never met told you to pay, go to the police at \
             once and call the wallet or bank that paid, to have it stopped.",
        ),
        FlagKind::ScamWords => (
            "先想想是谁叫您付的。自己要付的，选“是我本人”；没见过面的人叫您付的，不要再付，留好记录，立刻报警，并请付款的钱包或银行止付。",
            "Ask yourself who told you to pay. If you wanted to, say that it was you. If somebody you never met told you to, \
             pay nothing more, keep the records, go to the police at once and have the wallet or bank that paid stop it.",
        ),
        FlagKind::FailedButDebited => (
            "先看订单有没有办成、钱有没有自动退回。都没有，就凭交易单号请付款的钱包或银行查这笔钱在哪里。",
            "See whether the order went through or the money came back by itself. If neither, have the wallet or bank \
             trace it by the order number.",
        ),
        FlagKind::TrialTurnedPaid => (
            "先关掉自动续费，免得下期再扣；再告诉商家您没有要续，请求退回这一期。",
            "Switch the renewal off, so that it does not charge again; then tell the merchant you did not mean to go on \
             and ask for this charge back.",
        ),
        FlagKind::UnexpectedFee => (
            "请收费方说明这笔钱依据哪一条收的。说不清、事先也没有告诉过您的，请求退回，并把答复记进案件。",
            "Ask which clause it was charged under. Where there is none, or you were never told, ask for it back and note \
             the answer in the case.",
        ),
        FlagKind::CurrencyOvercharge => (
            "看签购单：上面如果直接是人民币，就是商家当场换的汇，可以找商家。否则请发卡行写明用了什么汇率、收了什么费。",
            "Look at the slip: if it already shows your own currency, the shop converted it, so ask the shop. Otherwise ask \
             the card's issuer for the rate and the fees used.",
        ),
        FlagKind::EmptiedAccount => (
            "不是您转的，马上打给付款的钱包或银行，锁住账户；是别人叫您转的，立刻报警。两种情况都不要再转第二笔。",
            "If it was not you, call the wallet or bank and have the account locked; if somebody told you to, go to the \
             police at once. Send no second payment either way.",
        ),
        FlagKind::WrongPayee => (
            "先核对收款方。真的转错了，越早越好：请付款的钱包或银行帮忙联系对方退回，并留下交易单号。",
            "Check the payee. If it went wrong, be quick: ask the wallet or bank to reach the payee for a return, and keep \
             the order number.",
        ),
        FlagKind::BalanceMismatch => (
            "先导出同一段时间的完整明细，重新导入再看。还对不上，就请付款的钱包或银行逐笔说明。",
            "Export the same days again in full and import them. If it still does not add up, ask the wallet or bank to \
             explain it row by row.",
        ),
        FlagKind::ForgottenHold => (
            "先问冻结方：什么时候解冻，还差什么手续。过了答应的日子，凭单号请付款的钱包或银行解除。",
            "Ask whoever put the hold when it ends and what is still missing. Once the promised day has passed, have the \
             wallet or bank release it by the order number.",
        ),
        FlagKind::Disowned => (
            "先锁卡、改支付密码：后面可能还会扣。再问一遍能用您手机或卡的家人，然后打给付款的钱包或银行，报时间和单号。",
            "Lock the card and change the payment password first: more may follow. Ask family who can use your phone or card \
             once more, then call the wallet or bank that paid, with time and order number.",
        ),
    };
    Text::new(zh, en)
}
