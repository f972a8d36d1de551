"""Given names that tell whether a person is a man or a woman.

The commonest of English-language news, by the lists of given names of the US census; names that both bear are left out.
"""

from onrecord.knowledge.words import fold, word_set

MALE = word_set(
    """
    aaron adam alan albert alexander andrew andy anthony antonio arthur barry ben benjamin bernard bernie bill billy
    bob bobby brad bradley brandon brett brian bruce bryan carl carlos charles christopher chuck clarence craig
    curtis dan daniel darrell dave david dean dennis derek dick dmitry don donald doug douglas earl ed eddie edward
    edwin eric ernest eugene francisco frank fred frederick gary geoffrey george gerald gilbert glenn gordon greg
    gregory harold harry harvey henry herbert herman howard hugh ian ivan jack jacob jake jamal james jared jason
    jeff jeffrey jeremy jerome jerry jim jimmy joe joel john johnny jonathan jorge jose joseph josh joshua juan
    justin karl keith ken kenneth kevin kyle larry lawrence leo leon leonard louis luis luke manuel marc marco
    marcus mario mark martin marvin matt matthew maurice max michael miguel mike mitch mitt mohammad mohammed
    muhammad nathan neil nicholas nick norman oliver oscar patrick paul pedro pete peter phil philip phillip rafael
    ralph ramon randall randy ray raymond reginald ricardo richard rick rob robert roberto rodney roger roland
    ronald ross roy rudy russell ryan salvador samuel scott sean sergei sergey seth simon spencer stephen steve
    steven stuart ted theodore thomas tim timothy todd tom tommy tony travis trent troy tyler vernon victor vincent
    vladimir wade wallace walter warren wayne wesley william zachary
    """
)
FEMALE = word_set(
    """
    abigail alexandra alexandria alice alicia alison allison amanda amber amy ana angela anita ann anna anne annie
    barbara beatrice becky bernice beth betty brenda brittany carla carmen carol carole caroline carolyn catherine
    cathy charlotte cheryl christina christine cindy claire claudia colleen connie cynthia danielle debbie deborah
    debra denise diana diane dianne donna doris dorothy edith eileen elaine eleanor elena elizabeth ellen emily emma
    erica erin esther eva evelyn florence gail gina gladys glenda gloria hannah heather heidi helen hillary ida
    irene ivanka jacqueline jane janet janice jeanne jennifer jenny jessica jill joan joann joanne josephine joyce
    juanita judith judy julia julie karen katherine kathleen kathryn kathy katie kayleigh kellyanne kimberly kirsten
    kristen kristin laura lauren linda lisa lois loretta lori lorraine louise lucille lucy lydia madeleine margaret
    maria marie marilyn marjorie martha mary maureen megan melania melanie melissa michelle mildred monica nancy
    naomi natalie nicole nina norma olivia olga pamela patricia paula peggy phyllis rachel rebecca renee rhonda rita
    roberta ruth sally samantha sandra sara sarah sharon sheila shirley sonia sophia stephanie susan suzanne sylvia
    tammy tara teresa thelma theresa tiffany tina tonya valerie vanessa veronica vicki vicky victoria vivian wanda
    wendy yolanda yvonne
    """
)


def gender_of_name(name: str) -> str | None:
    """m or f, as the first word tells. Alone it may be a surname: of these names only men's are surnames."""
    first, _, rest = fold(name).partition(" ")
    return "f" if first in FEMALE else "m" if rest and first in MALE else None


NICKNAMES = {
    "bob": "robert", "bill": "william", "mike": "michael", "jim": "james", "joe": "joseph", "steve": "steven",
    "stephen": "steven", "chuck": "charles", "dick": "richard", "tom": "thomas", "tony": "anthony", "dan": "daniel",
    "dave": "david", "ben": "benjamin", "ted": "edward", "ed": "edward", "nick": "nicholas", "matt": "matthew",
    "tim": "timothy", "sam": "samuel", "ken": "kenneth", "greg": "gregory", "jeff": "jeffrey", "andy": "andrew",
    "alex": "alexander", "chris": "christopher", "liz": "elizabeth", "ron": "ronald", "don": "donald",
    "bernie": "bernard", "charlie": "charles", "bobby": "robert", "vince": "vincent", "walt": "walter",
    "jimmy": "james", "billy": "william", "teddy": "edward", "tommy": "thomas", "johnny": "john", "gabby": "gabrielle",
    "patty": "patricia", "kathy": "katherine", "hank": "henry", "jake": "jacob", "josh": "joshua", "zach": "zachary",
    "doug": "douglas", "phil": "philip", "pete": "peter", "randy": "randall", "rick": "richard", "rich": "richard",
    "rob": "robert", "will": "william", "fred": "frederick", "ray": "raymond", "larry": "lawrence", "rudy": "rudolph",
    "sergey": "sergei", "dmitri": "dmitry", "mohammed": "mohammad", "muhammad": "mohammad", "mohamed": "mohammad",
    "ghasem": "qassem", "ahmad": "ahmed", "hossain": "hossein", "hussein": "hossein", "youssef": "yousef",
}  # fmt: skip
