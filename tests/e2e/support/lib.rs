//! What the end-to-end tests share: a browser, a web server, the page's parts by name, and the scenarios themselves.

pub mod browser;
pub mod copies;
pub mod exports;
pub mod findings;
pub mod headers;
pub mod keyboard;
pub mod mail;
pub mod network;
pub mod opened_hop;
pub mod page;
pub mod redaction;
pub mod route_view;
pub mod scenarios;
pub mod server;
pub mod settings;
pub mod views;
pub mod visit;

/// What a test returns.
pub type Outcome<T = ()> = anyhow::Result<T>;

/// Makes a test of every named scenario, on the page that `$open` opens.
#[macro_export]
macro_rules! try_on {
    ($open:path) => {
        $crate::try_on! { $open =>
            three_hops_become_three_rows_with_the_oldest_first,
            a_received_line_that_cannot_be_read_is_a_row_all_the_same,
            a_row_opens_to_show_the_field_as_it_was_pasted,
            choosing_a_hop_lights_exactly_its_lines,
            replacing_the_text_analyses_again,
            typing_another_hop_analyses_again,
            every_sample_opens_and_shows_a_hop,
            opening_a_file_shows_its_hops,
            opening_files_reads_all_of_them,
            dropping_files_reads_all_of_them,
            pasting_files_reads_all_of_them,
            a_folder_gets_a_plain_word,
            the_lines_of_a_file_are_shown_and_lit,
            a_quoted_header_says_what_was_set_right_and_leads_to_the_line,
            a_bounce_opens_with_the_returned_message_and_turns_to_the_bounce_and_back,
            the_answer_takes_the_focus_after_a_paste,
            text_that_is_no_mail_header_gets_a_plain_word_and_no_row,
            markup_in_a_header_is_shown_and_never_runs,
            the_analysis_runs_in_a_worker,
            a_hostile_megabyte_leaves_the_page_responsive,
            a_hundred_thousand_hops_leave_the_page_responsive,
            a_long_route_is_turned_in_parts,
            an_opened_hop_shows_its_parts_and_the_arrow_keys_walk_through_them,
            a_field_that_a_server_added_is_lit_in_the_source,
            the_ticket_is_copied_and_says_what_happened_and_who_acts,
            the_postmaster_s_text_stands_below_what_to_do,
            a_finding_opens_lights_its_lines_and_leads_to_its_manual_page,
            a_search_keeps_the_fields_that_hold_the_words_and_escape_brings_all_back,
            a_field_opens_says_what_it_is_for_and_lights_its_lines,
            a_search_in_the_source_goes_from_match_to_match,
            a_near_miss_says_why_and_lights_its_lines,
            each_export_saves_a_file,
            escape_closes_the_export_menu,
            the_postmaster_s_text_is_there_in_german,
            the_switch_puts_pseudonyms_in_and_takes_them_out_again,
            what_is_about_to_be_replaced_is_withheld,
            the_key_for_the_ticket_waits_for_the_pseudonyms,
            the_next_mail_is_redacted_as_well,
            paper_shows_every_copy_and_nothing_to_press,
            a_long_list_of_copies_scrolls_and_is_walked_by_the_keyboard,
            two_copies_are_taken_and_compared,
            the_fork_of_two_copies_is_drawn_and_a_hop_of_it_is_chosen,
            the_keyboard_alone_reaches_the_input_and_chooses_a_hop,
            single_keys_bring_the_text_back_copy_the_ticket_and_start_anew,
            single_keys_are_letters_in_the_box_and_can_be_switched_off,
            the_help_opens_by_a_key_and_gives_the_focus_back,
            tab_walks_through_everything_and_nothing_hides_under_the_bar,
            an_own_domain_moves_the_boundary,
            an_entry_that_cannot_be_meant_gets_a_plain_word,
            the_theme_and_the_time_zone_count_at_once,
            settings_are_kept_when_asked_and_forgotten_when_asked,
            a_file_of_settings_is_read_and_a_wrong_one_changes_nothing,
            the_arrow_keys_walk_the_marks_of_the_drawing,
            the_hops_inside_a_machine_open_in_the_drawing,
            sorting_the_hops_is_a_view_of_the_order_of_the_header,
            the_scale_of_the_times_is_remembered,
        }
    };
    ($open:path => $($scenario:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $scenario() -> $crate::Outcome {
            let visit = $open().await?;
            $crate::scenarios::$scenario(&visit).await?;
            visit.console_is_quiet().await
        }
    )+};
}
