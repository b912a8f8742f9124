from enamnd.refusal import Problem, Refused


def test_a_refusal_says_its_sentence():
    refused = Refused("Datum saknas.", field="date")

    assert str(refused) == "Datum saknas."
    assert refused.field == "date"
    assert refused.lines == ("Datum saknas.",)


def test_a_refusal_of_a_file_says_every_problem_with_its_place():
    refused = Refused(problems=(Problem("§ 12, avsnitt 2", "taggen <b> tas inte emot"), Problem("", "Tomt.")))

    assert refused.lines == ("§ 12, avsnitt 2: taggen <b> tas inte emot", "Tomt.")
    assert str(refused) == "§ 12, avsnitt 2: taggen <b> tas inte emot\nTomt."
