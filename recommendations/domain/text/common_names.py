"""First names and surnames that are common in the United Kingdom, for the detection of names in texts.

Chosen by hand from the statistics of names of the Office for National Statistics and National Records of Scotland: the
commonest of each decade from the 1930s on, and of the largest communities. None is anybody's in particular.
"""

# Nothing but a person is called so.
CLEAR = """
aaliyah aaron abdul abdullah abigail abraham adam adeel adrian agnes ahmed aidan aiden aileen aimee aisha ajay alan
alana albie alec alesha alexander alexandra alexis alfie alfred alice alicia alina alisha alison alistair allan amanda
amelia amelie amina amir amit amy anastasia andre andrea andrew aneurin angela angharad angus anita anjali ann anna
annabel annabelle anne annette annie anthony antonia antonio anwen archibald archie ariana arjun arlo arnold arran
arthur arun asad ashleigh asif asma audrey ava aya ayaan ayesha barbara barry beatrice becky ben benjamin bernadette
bernard bertha beryl bethan bethany beverley bianca blessing bogdan brandon brenda brendan brian bridget brigid
bronwen bryan bryn byron caitlin callum calum cameron camilla carl carla carmel carol carole caroline carolyn
catherine cathy catrin cecilia cedric celia ceri charlene charles charlie cheryl chidi chloe chris christina christine
christopher chukwu ciaran cillian claire clara claudia clifford clive clodagh colin colleen connor conor corey craig
cynthia dafydd daisy damian damien dan daniel danielle danny daphne darren david dawud debbie deborah declan deepak
deirdre delia delroy denise dennis derek dermot desmond diana diane dilys dominic donald donna doreen doris dorothy
douglas duncan dyfan dylan eamon edith edmund edna edward eileen eilidh elaine eleanor elena eleri elijah elis
elisabeth elise eliza elizabeth ella ellen ellie elliot elliott eloise elsie emeka emilia emily emma emmanuel emmett
emrys enid eric erica erin ernest esme esther ethan ethel euan eugene eunice evelyn evie ewa ewan faisal farah farhan
farzana fatima felicity fergus fernando ffion finlay finley finn fiona florence frances francesca francis freda
freddie frederick freya gabriel gabriela gail gareth garry gary gavin gemma geoff geoffrey georgina gerald geraldine
gerard gerry gertrude gethin gillian giovanni gladys glenda glenys gloria gordon graham greg gregory gurpreet guto
gwen gwendolyn gwyn gwyneth habib hamza hannah harold harpreet harriet harrison harry harvey hassan hayley hazel heidi
helen henry herbert hilary hilda howard hugh hugo humza husnain hywel iain ian ibrahim iestyn ieuan imogen imran ines
ingrid ioana iona iqra irene isaac isabel isabella isabelle isha isla ismail isobel ivan ivor iwan jacob jacqueline
jade jake jamal james jamie jan jane janet janice janine jared jasmine jason jasper javed jayden jayne jean jeanette
jeff jeffrey jemima jemma jennifer jenny jenson jeremy jermaine jerome jessica jessie jill jim jimmy jo joan joanna
joanne jodie joe joel johanna john johnny jon jonathan jordan josef joseph josephine josh joshua joyce juan judith
julia julian julie juliet justin justyna kai kamal kamila kara karen karim karl katarzyna kate katherine kathleen
kathryn kathy katie katrina kayleigh keeley keiran keith kelly kelvin kenneth kerry kevin khadija khalid kieran kim
kimberley kirsten kirsty krzysztof kumar kwame kyle lachlan laila lara latoya laura lauren laurence lawrence leah
leanne leila leo leon leonard leroy lesley leslie lewis liam lilian lillian lily linda lindsay lindsey lisa liz lloyd
logan lois lola lorna lorraine louis louisa louise luca lucas lucinda lucy luis luka luke lydia lynda lyndsey lynn
lynne lynsey maciej maddison madeleine madison magdalena maggie mahmoud mair maisie malcolm malgorzata malik mandy
manjit marcin marcus margaret marge margot maria mariam marian marianne marie marilyn marina marion marjorie marlene
marta martha martin martyn mary maryam mateusz matilda matthew maud maureen mavis megan mehmet mehwish melanie melissa
melvin meryl mia michael michaela michal michelle miguel mikaeel mike mildred millie miriam mohamed mohammad mohammed
moira molly mona monica morag moses muhammad muhammed muriel mustafa myra myrtle nadia nadine naomi nasreen natalia
natalie natasha nathan nathaniel neha neil nelson nerys nesta niall niamh nichola nicholas nick nicky nicola nicole
nigel nikita nikki nina noah noel noreen norma norman nuala olga oliver olivia olu olumide oluwaseun omar orla oscar
osian osman owain owen pamela parveen patricia patrick paul paula pauline pawel peggy penelope penny percy pete peter
philip philippa phillip phoebe phyllis pierre piers piotr poppy priya rachael rachel radhika raheem rajesh ralph
ramesh rania rashid raymond rebecca reece reginald rehana reuben rhian rhiannon rhodri rhona rhys ricardo richard
rizwan robbie robert roberto robyn roderick rodney roger rohan roisin roland ronald ronnie rory rosalind rosemary
rosie rowena roxanne ruairidh rupert rupinder russell ruth ryan saba sabrina sadie safiya saira sally salma salman sam
samantha sameer samina samir samuel sandeep sandra sanjay santiago sara sarah sasha saskia scarlett scott sean
sebastian seren seth shabana shamima shane shanice shannon sharon shaun shauna shazia sheila shelley shirley shreya
sian sidney simon simone sinead siobhan siân sofia sonia sophia sophie spencer stacey stanley stella stephanie stephen
steve steven stewart stuart sunil sunita surinder susan susanna susannah suzanne sybil sylvia szymon tabitha tamara
tamsin tania tanya tara tariq tatiana taylor terence teresa terri tessa thelma theo theodore theresa thomas tiffany
tim timothy tina toby tom tomasz tommy tony tracey tracy trevor tristan tudor tyler tyrone una uzma valerie vanessa
vera verity vernon veronica vicky vijay vikram vincent vivian vivienne wasim wayne wendy wilfred william winifred
winston xavier yasmin yolanda yousef yusuf yvette yvonne zachary zack zahra zainab zak zara zayn zeeshan zoe zofia
zuzanna
"""
# A word, a month or a place too.
AMBIGUOUS = """
abbie alex ali alma amber angel april ash ashley aurora austin autumn basil bella beth bill billy blake bob bonnie
brad brooke bruce carmen carter chad charlotte chelsea chester christian clarence clark clement connie constance
cooper coral crystal curtis dale darcy dawn dean dee destiny devon dominique don dora drew earl ed eden edgar eve
faith fern flora frank fraser gale gene george georgia georgie ginger glen glenn grace grant guy harley heath heather
holly hope hunter imam iris israel ivy jack jackson jacky jay jerry jet joy jude june kay ken kent kerr kingsley kit
lee leigh lena les liberty lincoln lionel luna lynton mabel mackenzie mae marc mark marshall mason maurice max may
mercy merlin miles milo morgan morris myles nell nevaeh neville nova olive otis pat patience pearl phil piper preston
prudence quentin ray reed reggie rex rich rick rita rob robin roman ron rose ross rowan roy ruby saffron sage sal
savannah shaw sid sienna sky skye sol stan star sterling sue summer sydney ted tess todd toni troy umar val vaughan
vic victor victoria viola violet wade walter warren warwick wesley will winnie
"""
# Surnames that are no other word, place or first name, so that one by itself is asked about.
SURNAMES = """
adams ahmed akhtar allen anderson andrews atkinson begum bennett bradley brooks butler campbell chaudhry choudhury
clarke collins davies davis dawson dixon doyle edwards evans ferguson fletcher gallagher gibson gill griffiths
hamilton harris harrison henderson hopkins howells hudson hughes hussain hussein jenkins jennings johnson johnston
jones kaur kelly kennedy khan lloyd macdonald mackay macleod matthews mcdonald mckenzie mclean mcmahon mitchell
mohamud murphy murray nguyen nicholson nowak obrien oconnor oneill o’brien o’connor o’neill o’reilly o’sullivan patel
patterson phillips pritchard pugh rahman reed rees reid richards richardson roberts robertson robinson rogers sanders
saunders shah sharma simpson singh smith stephens stephenson stevens stevenson stewart sullivan thompson thomson
turner wallace walsh watkins watson watts webb wilkinson williams williamson wilson
"""
# Words of bodies, places and days which are surnames too, behind a first name.
ALSO_SURNAMES = """
bridge church cornwall day durham east easter england english field hall head hill justice kent king lancaster law
london lord march may north prime prior queen royal rule south spring summer ward west wiltshire winter wood yard york
young
"""
FIRST_NAMES = frozenset(CLEAR.split()) | frozenset(AMBIGUOUS.split())
CLEAR_NAMES = frozenset(CLEAR.split()) | frozenset(SURNAMES.split())
SURNAMES_TOO = frozenset(ALSO_SURNAMES.split())
