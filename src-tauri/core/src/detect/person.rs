//! Whether a name is a person's, as far as its form tells; and which written signs are taken for one another.

/// The most common family names of one letter, then those of two.
const FAMILY: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢\
                      姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤萧傅";
const COMPOUND: &[&str] =
    &["欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "东方", "皇甫", "尉迟", "慕容", "端木"];

/// Shops that are called like people.
const SHOPS: &[&str] = &[
    "周大福",
    "周大生",
    "周生生",
    "周六福",
    "王老吉",
    "李锦记",
    "谭木匠",
    "张一元",
    "方太",
    "金利来",
    "万达",
    "万科",
    "康师傅",
    "徐福记",
    "陶陶居",
];

/// Signs that are read or typed for one another, a group a line: equal parts, one stroke more, one dot less.
const LOOK_ALIKE: &[&str] = &[
    "己已巳",
    "未末",
    "士土",
    "日曰目",
    "人入八",
    "千干于",
    "天夫无",
    "大太犬",
    "刀力",
    "午牛",
    "田由甲申",
    "晴睛清情请",
    "淋琳林",
    "琪棋祺淇",
    "锋峰烽",
    "伟玮炜",
    "辉晖",
    "莹滢",
    "怡恰",
    "治冶",
    "哲喆",
    "皓浩",
    "婷亭",
    "杨扬",
    "徐徐除",
    "肖萧",
    "傅付",
    "陈阵",
    "刘到",
    "桂佳",
    "丽雨",
    "明朋",
    "良艮",
    "昊吴",
    "宇字",
    "芳方",
    "敏梅",
    "振震",
    "建健",
    "志致",
    "思恩",
    "博搏",
    "梦楚",
    "俊峻竣",
    "媛缓",
    "慧惠",
    "洁结",
    "维唯",
    "凯剀",
    "瑞端",
    "彤形",
    "钰珏",
    "美姜羡",
    "梅海",
    "娜那",
    "萍平苹",
    "霞遐",
    "0oо",
    "1li",
    "5s",
    "8b",
    "2z",
];

/// Whether `name` has the form of a person's: a family name and one or two letters, or such a name half masked.
pub fn is_person(name: &str) -> bool {
    let bare = name.split(['(', '（']).next().unwrap_or(name).trim();
    let letters: Vec<char> = bare.chars().collect();
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    if !letters.iter().all(|c| han(c) || *c == '*') || !letters.iter().any(han) {
        return false;
    }
    match letters.len() {
        2..=4 if letters.contains(&'*') => true,
        2 | 3 => FAMILY.contains(letters[0]) && !SHOPS.contains(&bare),
        4 => COMPOUND.iter().any(|name| bare.starts_with(name)),
        _ => false,
    }
}

/// Whether two letters, in lower case, are easily taken for one another by the eye.
pub fn look_alike(a: char, b: char) -> bool {
    LOOK_ALIKE.iter().any(|group| group.contains(a) && group.contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_and_a_given_name_make_a_person() {
        for name in ["陈小雨", "*三", "欧阳志远", "钟琳(6222****0187)", "张**"] {
            assert!(is_person(name), "{name}");
        }
        for name in ["永安超市", "张记面馆", "周大福", "Luna", "某店", "面馆", ""] {
            assert!(!is_person(name), "{name}");
        }
    }

    #[test]
    fn one_stroke_more_is_overlooked() {
        assert!(look_alike('己', '已') && look_alike('0', 'o') && look_alike('晴', '睛'));
        assert!(!look_alike('张', '李'));
    }
}
