"""What a partly known date means, in EDTF and in people's words."""

from datetime import date, timedelta

import pytest

from catalogue.markings.dates import DateNotUnderstood, parse


def span(text):
    found = parse(text)
    return found.edtf, str(found.earliest or "open"), str(found.latest or "open")


@pytest.mark.parametrize(
    "text, earliest, latest",
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-06-19", "2022-06-19", "2022-06-19"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2022-XX", "2022-01-01", "2022-12-31"),
        ("2022-06-XX", "2022-06-01", "2022-06-30"),
        ("202X-02-29", "2020-02-29", "2028-02-29"),
        ("2022-1X", "2022-10-01", "2022-12-31"),
        ("XXXX", "open", "open"),
        ("2022-06~", "2022-06-01", "2022-06-30"),
        ("2022?", "2022-01-01", "2022-12-31"),
        ("2004-06-~11", "2004-06-11", "2004-06-11"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-22", "2022-06-01", "2022-08-31"),
        ("2023-33", "2023-01-01", "2023-03-31"),
        ("2023-36", "2023-10-01", "2023-12-31"),
        ("2021-03/2022-05", "2021-03-01", "2022-05-31"),
        ("2021/..", "2021-01-01", "open"),
        ("../2020", "open", "2020-12-31"),
        ("2021/", "2021-01-01", "open"),
        ("/2020-05", "open", "2020-05-31"),
        ("2022-06~/2022-08", "2022-06-01", "2022-08-31"),
    ],
)
def test_an_edtf_text_is_kept_and_spans_the_days_it_can_mean(text, earliest, latest):
    assert span(text) == (text, earliest, latest)


def test_a_winter_may_begin_or_end_in_its_year():
    assert span("2022-24") == ("2022-24", "2021-12-01", "2023-02-28")


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("2022-W25", "2022-06-20/2022-06-26"),
        ("2022W25", "2022-06-20/2022-06-26"),
        ("2022-W25-3", "2022-06-22"),
        ("2020-W53", "2020-12-28/2021-01-03"),
        ("week 25 of 2022", "2022-06-20/2022-06-26"),
        ("2022-W25/2022-W30", "2022-06-20/2022-07-31"),
        ("2022-W25/..", "2022-06-20/.."),
    ],
)
def test_a_week_is_the_interval_from_its_monday_to_its_sunday(text, edtf):
    assert parse(text).edtf == edtf


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("July 2022", "2022-07"),
        ("19 August 2023", "2023-08-19"),
        ("August 19th, 2023", "2023-08-19"),
        ("19.08.2023", "2023-08-19"),
        ("08.2023", "2023-08"),
        ("25/06/2022", "2022-06-25"),
        ("2023/08/19", "2023-08-19"),
        ("20230819", "2023-08-19"),
        ("1Q2023", "2023-33"),
        ("Q1 2023", "2023-33"),
        ("2023-Q4", "2023-36"),
        ("third quarter of 2023", "2023-35"),
        ("2-й квартал 2023", "2023-34"),
        ("first half of 2022", "2022-40"),
        ("spring 2022", "2022-21"),
        ("навесні 2022 року", "2022-21"),
        ("липень 2022", "2022-07"),
        ("19 серпня 2023 р.", "2023-08-19"),
        ("июнь 2022", "2022-06"),
        ("2020s", "202X"),
        ("about July 2022", "2022-07~"),
        ("probably 2021", "2021?"),
        ("in 2025", "2025"),
        ("2022-2023", "2022/2023"),
        ("from March to May 2022", "2022-03/2022-05"),
        ("July – August 2022", "2022-07/2022-08"),
        ("between March 2022 and 2023", "2022-03/2023"),
        ("  July\u00a02022 ", "2022-07"),
        ("2022\u201107", "2022-07"),
    ],
)
def test_what_people_write_becomes_edtf_with_days_before_months(text, edtf):
    assert parse(text).edtf == edtf


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("before 2021", "../2020"),
        ("before May 2021", "../2021-04"),
        ("before January 2021", "../2020-12"),
        ("before 01.05.2021", "../2021-04-30"),
        ("before Q2 2023", "../2023-03-31"),
        ("after March 2022", "2022-04/.."),
        ("after 2021", "2022/.."),
        ("after 31.12.2021", "2022-01-01/.."),
        ("not earlier than 2021", "2021/.."),
        ("since June 2022", "2022-06/.."),
        ("from June 2022", "2022-06/.."),
        ("from 2021 onwards", "2021/.."),
        ("until 2024-05", "../2024-05"),
        ("not later than 2022", "../2022"),
        ("до 2021", "../2021"),
        ("з червня 2022", "2022-06/.."),
    ],
)
def test_before_and_after_leave_the_named_date_out_and_since_and_until_take_it_in(text, edtf):
    assert parse(text).edtf == edtf


@pytest.mark.parametrize(
    "text, why",
    [
        ("", "it is empty"),
        ("soon", "“soon”"),
        ("2022-13", "no month, season or quarter 13"),
        ("2022-02-30", "no day 30"),
        ("31.04.2022", "no day 31"),
        ("2022-W53", "2022 has no week 53"),
        ("5Q2023", "a year has 4"),
        ("06/07/2022", "either number may be the month"),
        ("19.08.23", "the year needs four digits"),
        ("2022/2021", "ends before it begins"),
        ("../..", "both of its ends are open"),
        ("2021/2022/2023", "two ends"),
        ("[2021,2022]", "“[2021,2022]”"),
        ("0000", "no year 0"),
        ("x" * 5000, "…"),
        ("1" * 50 + "/" * 20, "was not understood"),
    ],
)
def test_a_date_that_cannot_be_read_is_refused_in_one_sentence_with_examples(text, why):
    with pytest.raises(DateNotUnderstood) as refusal:
        parse(text)
    sentence = str(refusal.value)
    assert why in sentence
    assert "“1Q2023”" in sentence and sentence.endswith(".")
    assert len(sentence) < 300


def test_every_day_month_and_year_reads_back_as_itself():
    day = date(2019, 12, 1)
    while day < date(2025, 2, 1):
        assert parse(day.isoformat()).earliest == parse(day.strftime("%d.%m.%Y")).latest == day
        assert parse(day.isoformat()[:7]).earliest == day.replace(day=1)
        day += timedelta(days=1)


def test_an_edtf_answer_given_back_means_the_same():
    for text in ("1Q2023", "before 2021", "2022-W25", "about July 2022", "July – August 2022", "2020s"):
        once = parse(text)
        assert parse(once.edtf) == once
